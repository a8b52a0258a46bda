import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatField } from "../../values/format-value.ts";
import { identicalValues } from "../../values/identical.ts";
import { splitPath } from "../../values/path.ts";
import type { Modifier, Place } from "./modifier.ts";
import { idOf } from "./numbers.ts";

/** `$rename` (manual, "$rename"): the new field gets the value, the old one is removed. */
export const renameModifier: Modifier = {
  name: "$rename",
  parse(from, operand) {
    if (typeof operand !== "string") {
      throw new MongoError("BadValue", `The 'to' field for $rename must be a string: ${formatField(from, operand)}`);
    }
    if (from === operand) {
      throw new MongoError(
        "BadValue",
        `The source and target field for $rename must differ: ${formatField(from, operand)}`,
      );
    }
    refuseDynamic("source", from);
    refuseDynamic("destination", operand);
    const source = (place: Pick<Place, "document">) => find(place, from, "source");
    return [
      [
        operand,
        {
          kind: "leaf",
          canCreate: true,
          isActive: (document) => source({ document }) !== undefined,
          apply(current, place) {
            const value = source(place) ?? null;
            find(place, operand, "destination");
            return identicalValues(value, current) ? current : value;
          },
        },
      ],
      [
        from,
        {
          kind: "leaf",
          canCreate: false,
          apply: (current, place) => (source(place) === undefined ? current : undefined),
        },
      ],
    ];
  },
};

function refuseDynamic(which: string, path: string): void {
  if (splitPath(path).some((component) => component.startsWith("$") && !/^\$(?:id|ref|db)$/.test(component))) {
    throw new MongoError("BadValue", `The ${which} field for $rename may not be dynamic: ${path}`);
  }
}

/** Neither of the two may lie in an array. */
function find(place: Pick<Place, "document">, path: string, which: string): Value | undefined {
  let value: Value | undefined = place.document;
  const components = splitPath(path);
  for (const [at, component] of components.entries()) {
    if (isArray(value)) {
      const array = components[at - 1] ?? "";
      throw new MongoError(
        "BadValue",
        `The ${which} field cannot be an array element, '${path}' in doc with ${idOf(place)} has an array field called '${array}'`,
      );
    }
    value = value instanceof Document ? value.get(component) : undefined;
  }
  return value;
}

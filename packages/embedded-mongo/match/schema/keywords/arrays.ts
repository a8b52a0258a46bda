import { MongoError } from "../../../errors/mongo-error.ts";
import { compareValues } from "../../../values/compare.ts";
import { Document, type Value } from "../../../values/document.ts";
import { isArray } from "../../../values/encode.ts";
import { int32 } from "../../../values/scalars.ts";
import { booleanOperand, countOperand } from "../operands.ts";
import { explanation, type Keyword, type Rule, type Schema } from "../rule.ts";

const itemCount = (name: string, isMet: (count: number, bound: number) => boolean): Keyword => ({
  name,
  parse(operand) {
    const bound = countOperand(name, operand);
    return {
      test: (value) => !isArray(value) || isMet(value.length, bound),
      explain: (value) =>
        explanation(name, operand, [
          ["reason", "array did not match specified length"],
          ["consideredValue", value],
        ]),
    };
  },
});

const uniqueItems: Keyword = {
  name: "uniqueItems",
  parse(operand) {
    if (!booleanOperand("uniqueItems", operand)) return undefined;
    return {
      test: (value) => !isArray(value) || duplicateOf(value) === undefined,
      explain: (value) =>
        explanation("uniqueItems", operand, [
          ["reason", "found a duplicate item"],
          ["consideredValue", value],
          ["duplicatedValue", isArray(value) ? duplicateOf(value) : undefined],
        ]),
    };
  },
};

function duplicateOf(items: readonly Value[]): Value | undefined {
  const sorted = [...items].sort(compareValues);
  return sorted.find((item, index) => index > 0 && compareValues(item, sorted[index - 1] ?? null) === 0);
}

/** Each item by the schema that `schemaOf` gives for its place. */
function eachItem(name: string, schemaOf: (index: number) => Schema | undefined): Rule {
  const failing = (value: Value) =>
    isArray(value) ? value.findIndex((item, index) => schemaOf(index)?.test(item) === false) : -1;
  return {
    test: (value) => failing(value) < 0,
    explain(value) {
      const index = failing(value);
      const item = isArray(value) ? (value[index] ?? null) : null;
      const reason =
        name === "items"
          ? "At least one item did not match the sub-schema"
          : "At least one additional item did not match the sub-schema";
      return Document.from([
        ["operatorName", name],
        ["reason", reason],
        ["itemIndex", int32(index)],
        ["details", schemaOf(index)?.failures(item) ?? []],
      ]);
    },
  };
}

const items: Keyword = {
  name: "items",
  parse(operand, context) {
    if (isArray(operand)) {
      const schemas = operand.map((each) => context.parse(each, "items"));
      return eachItem("items", (index) => schemas[index]);
    }
    const schema = context.parse(operand, "items");
    return eachItem("items", () => schema);
  },
};

/** What is behind the items that a list of schemas speaks of. */
const additionalItems: Keyword = {
  name: "additionalItems",
  parse(operand, context) {
    const listed = context.siblings.get("items");
    if (typeof operand !== "boolean" && !(operand instanceof Document)) {
      throw new MongoError(
        "TypeMismatch",
        "$jsonSchema keyword 'additionalItems' must be either an object or a boolean",
      );
    }
    if (!isArray(listed) || operand === true) return undefined;
    if (operand instanceof Document) {
      const schema = context.parse(operand, "additionalItems");
      return eachItem("additionalItems", (index) => (index < listed.length ? undefined : schema));
    }
    return {
      test: (value) => !isArray(value) || value.length <= listed.length,
      explain: (value) =>
        explanation("additionalItems", operand, [
          ["reason", "found additional items"],
          ["additionalItems", isArray(value) ? value.slice(listed.length) : []],
        ]),
    };
  },
};

/** The keywords of arrays (manual, "$jsonSchema", Available Keywords). */
export const arrayKeywords: readonly Keyword[] = [
  itemCount("minItems", (count, bound) => count >= bound),
  itemCount("maxItems", (count, bound) => count <= bound),
  uniqueItems,
  items,
  additionalItems,
];

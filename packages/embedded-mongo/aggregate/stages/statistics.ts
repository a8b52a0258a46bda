import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";
import { argumentFields } from "./argument-fields.ts";
import { flowOf } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$collStats`: one document with the numbers that are asked for. */
export const compileCollStats: StageCompiler = (argument, context) => {
  const fields = argumentFields(
    argument,
    "$collStats",
    ["latencyStats", "storageStats", "count", "queryExecStats", "operationStats"],
    {
      notObject: 5447000,
      unknown: 40415,
    },
  );
  for (const name of ["latencyStats", "queryExecStats", "operationStats"]) {
    if (fields.has(name))
      throw new MongoError(
        "CommandNotSupported",
        `$collStats with '${name}' is not supported: it is not measured here`,
      );
  }
  return {
    isSource: true,
    run() {
      const { database, collection } = context.namespace;
      const info = context.info(context.namespace);
      if (info?.kind === "view")
        throw new MongoError("CommandNotSupportedOnView", "$collStats is not supported on a view");
      const numbers = context.statistics(context.namespace);
      const made = new Map<string, Value>([
        ["ns", `${database}.${collection}`],
        ["localTime", context.now],
      ]);
      if (fields.has("storageStats")) made.set("storageStats", withoutNamespace(numbers));
      if (fields.has("count")) made.set("count", numbers.get("count") ?? null);
      return flowOf([Document.of(made)]);
    },
  };
};

const withoutNamespace = (numbers: Document): Document =>
  Document.from([...numbers.fields()].filter(([name]) => name !== "ns"));

/** `$indexStats`: one document an index. Accesses are not counted: they are zero since the operation began. */
export const compileIndexStats: StageCompiler = (argument, context) => {
  if (!(argument instanceof Document) || argument.size > 0) {
    throw new MongoError(28803, "The $indexStats stage specification must be an empty object");
  }
  return {
    isSource: true,
    run: () =>
      flowOf(
        (context.info(context.namespace)?.indexes ?? []).map(({ name, specification }) =>
          Document.from([
            ["name", name],
            ["key", specification.get("key") ?? null],
            [
              "accesses",
              Document.from([
                ["ops", 0n],
                ["since", new DateValue(context.now.ms)],
              ]),
            ],
            ["spec", specification],
          ]),
        ),
      ),
  };
};

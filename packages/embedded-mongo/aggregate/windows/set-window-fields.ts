import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort, type SortOrder } from "../../sort/sort-order.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { constant, type Expression, type Result } from "../expressions/expression.ts";
import { parsePath, readPath } from "../expressions/field-path.ts";
import { typeName } from "../expressions/values.ts";
import { compute } from "../project/apply-tree.ts";
import { parseTree } from "../project/projection-tree.ts";
import { argumentFields } from "../stages/argument-fields.ts";
import { compilerOf } from "../stages/compiler.ts";
import { inBatches } from "../stages/flow.ts";
import type { StageCompiler, StageContext } from "../stages/stage.ts";
import { windowFunctions } from "./all-functions.ts";
import { type Bounds, readBounds, windowFinder } from "./bounds.ts";
import { sortedPartitions } from "./partitions.ts";
import type { Partition, WindowContext, WindowFunction } from "./window-function.ts";

interface Output {
  readonly path: string;
  readonly bounds: Bounds | undefined;
  readonly compute: WindowFunction;
}

/** `$setWindowFields`: fields computed over windows of a sorted partition. */
export const compileSetWindowFields: StageCompiler = (argument, context) => {
  const fields = argumentFields(argument, "$setWindowFields", ["partitionBy", "sortBy", "output"], { unknown: 40415 });
  const output = fields.get("output");
  if (!(output instanceof Document))
    throw new MongoError(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  const order = readOrder(fields.get("sortBy"), context);
  const outputs = [...output.fields()].map(([path, value]) => readOutput(path, value, order, context));
  checkPaths(outputs);
  const partitionBy = readPartitionBy(fields.get("partitionBy"), context);
  return {
    async *run(source) {
      for await (const documents of sortedPartitions(source, partitionBy, order, context, "$setWindowFields")) {
        yield* inBatches(withOutputs(documents, outputs, order));
      }
    },
  };
};

function readOrder(sortBy: Value | undefined, { collation }: StageContext): SortOrder | undefined {
  if (sortBy === undefined) return undefined;
  if (!(sortBy instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `BSON field '$setWindowFields.sortBy' is the wrong type '${typeName(sortBy)}', expected type 'object'`,
    );
  return compileSort(sortBy, collation);
}

function readPartitionBy(value: Value | undefined, context: StageContext): Expression {
  if (value === undefined) return constant(null);
  const expression = compilerOf(context).compile(value);
  return (document, variables) => {
    const partition = expression(document, variables);
    if (isArray(partition)) {
      throw new MongoError("TypeMismatch", "An expression used to partition cannot evaluate to value of type array");
    }
    return partition;
  };
}

function readOutput(path: string, value: Value, order: SortOrder | undefined, context: StageContext): Output {
  parsePath(path);
  if (!(value instanceof Document)) throw new MongoError("FailedToParse", `The field '${path}' must be an object`);
  const names = [...value.fields().keys()].filter((name) => name !== "window");
  const [name = ""] = names;
  if (names.length !== 1 || !name.startsWith("$")) {
    throw new MongoError(
      "FailedToParse",
      "Window function specification must have exactly one function and an optional 'window'",
    );
  }
  const compile = windowFunctions.get(name);
  if (!compile) throw new MongoError("FailedToParse", `Unrecognized window function, ${name}`);
  const bounds = readBounds(value.get("window"), order?.parts.length ?? 0);
  if (bounds?.kind === "documents" && !order && !(bounds.from === "unbounded" && bounds.to === "unbounded")) {
    throw new MongoError(5339901, "Document-based bounds require a sortBy");
  }
  const windowContext: WindowContext = { compiler: compilerOf(context), order, bounds };
  return { path, bounds, compute: compile(value.get(name) ?? null, windowContext, name) };
}

function checkPaths(outputs: readonly Output[]): void {
  const paths = new Map(outputs.map(({ path }): [string, Value] => [path, true]));
  parseTree(Document.of(paths), () => ({ kind: "keep" }), 40180);
}

/** The partition's documents with all outputs set. */
function* withOutputs(
  documents: readonly Document[],
  outputs: readonly Output[],
  order: SortOrder | undefined,
): Generator<Document> {
  const columns = outputs.map((each) => each.compute(partitionOf(documents, each.bounds, order)));
  let at = 0;
  const leaf = (column: number) => ({
    kind: "compute" as const,
    expression: (): Result => columns[column]?.[at],
  });
  const places = new Map(outputs.map(({ path }, index): [string, Value] => [path, index]));
  const tree = parseTree(Document.of(places), (index) => leaf(Number(index)), 40180);
  for (; at < documents.length; at++) {
    const document = documents[at];
    if (document) yield compute(document, tree, document, undefined);
  }
}

function partitionOf(
  documents: readonly Document[],
  bounds: Bounds | undefined,
  order: SortOrder | undefined,
): Partition {
  const keys = order ? documents.map((document) => order.key(document)) : [];
  const names = order?.parts[0]?.path.split(".") ?? [];
  const sortValue = (index: number): Result => readPath(documents[index], names);
  return {
    documents,
    sortValue,
    isPeer: (left, right) => order?.compareKeys(keys[left] ?? [], keys[right] ?? []) === 0,
    windowOf: windowFinder(bounds, documents.length, sortValue),
  };
}

import { MongoError } from "../../errors/mongo-error.ts";
import { emptyDocument } from "../../values/document.ts";
import { accumulators } from "../accumulators/all-accumulators.ts";
import type { Result } from "../expressions/expression.ts";
import type { Partition, WindowCompiler, WindowTable } from "./window-function.ts";

const names = [
  "$sum",
  "$avg",
  "$stdDevPop",
  "$stdDevSamp",
  "$min",
  "$max",
  "$first",
  "$last",
  "$push",
  "$addToSet",
  "$count",
  "$firstN",
  "$lastN",
  "$minN",
  "$maxN",
  "$top",
  "$topN",
  "$bottom",
  "$bottomN",
  "$percentile",
  "$median",
  "$mergeObjects",
];

/** The accumulators of `$group`, over each document's window. */
export const accumulatingFunctions: WindowTable = Object.fromEntries(names.map((name) => [name, compileAccumulating]));

function compileAccumulating(
  ...[argument, { compiler, bounds }, name]: Parameters<WindowCompiler>
): ReturnType<WindowCompiler> {
  const compile = accumulators.get(name);
  if (!compile) throw new MongoError("FailedToParse", `Unrecognized window function, ${name}`);
  const { input, start } = compile(argument, compiler, name);
  return (partition) => {
    const values = partition.documents.map((document) => input(document, undefined));
    if (!bounds || (bounds.from === "unbounded" && bounds.kind === "documents"))
      return growing(partition, values, start);
    return partition.documents.map((_, index) => {
      const [from, to] = partition.windowOf(index);
      const accumulator = start(emptyDocument);
      for (let at = from; at < to; at++) accumulator.add(values[at]);
      return accumulator.result();
    });
  };
}

type Start = ReturnType<NonNullable<ReturnType<typeof accumulators.get>>>["start"];

/** Windows that all begin with the partition: each goes on where the last one ended. */
function growing(partition: Partition, values: readonly Result[], start: Start): readonly Result[] {
  const accumulator = start(emptyDocument);
  let filled = 0;
  let latest: Result;
  return partition.documents.map((_, index) => {
    const [, to] = partition.windowOf(index);
    if (to > filled || index === 0) {
      for (; filled < to; filled++) accumulator.add(values[filled]);
      latest = accumulator.result();
    }
    return latest;
  });
}

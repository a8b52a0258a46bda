import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort, type SortKey, type SortOrder } from "../../sort/sort-order.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { metadataOf } from "../expressions/metadata.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { ExternalSort, type KeyOrder } from "../spill/external-sort.ts";
import { inBatches } from "./flow.ts";
import type { Stage, StageCompiler } from "./stage.ts";

// More than these are sorted as if there were no limit: they may have to spill.
const mostHeld = 10_000;

/** `$sort`. */
export const compileSortStage: StageCompiler = (argument, context) => sortStage(argument, context, undefined);

/** `$sort`, and a `$limit` behind it: no more documents are held than that. */
export function sortStage(argument: Value, context: PipelineContext, limit: number | undefined): Stage {
  if (!(argument instanceof Document)) throw new MongoError(15973, "the $sort key specification must be an object");
  if (argument.size === 0) throw new MongoError(15976, "$sort stage must have at least one sort key");
  const order = compileSort(argument, context.collation, metadataOf);
  return {
    run: (source) =>
      limit === undefined || limit > mostHeld ? sortAll(source, order, context) : sortTop(source, order, limit),
  };
}

async function* sortAll(source: AsyncIterable<readonly Document[]>, order: SortOrder, context: PipelineContext) {
  const sort = new ExternalSort<SortKey>(keyOrder(order), context, "$sort");
  try {
    for await (const batch of source) for (const document of batch) sort.add(order.key(document), document);
    yield* inBatches(sort.sorted());
  } finally {
    sort.close();
  }
}

/** The order of sort keys, which are lists of values. */
const keyOrder = (order: SortOrder): KeyOrder<SortKey> => ({
  compare: (left, right) => order.compareKeys(left, right),
  save: (key) => key,
  load: (value) => (isArray(value) ? value : []),
});

// A heap is not needed: sorting twice as many as are wanted, now and then, costs as little.
async function* sortTop(source: AsyncIterable<readonly Document[]>, order: SortOrder, limit: number) {
  let held: { readonly key: SortKey; readonly document: Document }[] = [];
  const cut = () => {
    held.sort((left, right) => order.compareKeys(left.key, right.key));
    held = held.slice(0, limit);
  };
  const most = Math.max(1000, limit * 2);
  let worst: SortKey | undefined;
  for await (const batch of source) {
    for (const document of batch) {
      const key = order.key(document);
      if (worst && order.compareKeys(key, worst) >= 0) continue;
      held.push({ key, document });
      if (held.length < most) continue;
      cut();
      worst = held.at(-1)?.key;
    }
  }
  cut();
  yield* inBatches(held.map(({ document }) => document));
}

import type { SortKey, SortOrder } from "../../sort/sort-order.ts";
import type { Document, Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Expression } from "../expressions/expression.ts";
import { compareResults } from "../expressions/logic.ts";
import type { Flow } from "../pipeline-context.ts";
import { ExternalSort } from "../spill/external-sort.ts";
import { Memory } from "../spill/memory.ts";
import { sizeOf } from "../spill/size-of.ts";
import type { StageContext } from "../stages/stage.ts";

interface Place {
  readonly partition: Value;
  readonly key: SortKey;
}

/** Splits a flow into partitions by a value, each sorted; one partition at a time is held. */
export async function* sortedPartitions(
  source: Flow,
  partitionBy: Expression,
  order: SortOrder | undefined,
  context: StageContext,
  stage: string,
): AsyncGenerator<readonly Document[]> {
  const compare = context.collation?.compare;
  const sort = new ExternalSort<Place>(
    {
      compare: (left, right) =>
        compareResults(left.partition, right.partition, compare) || (order?.compareKeys(left.key, right.key) ?? 0),
      save: ({ partition, key }) => [partition, [...key]],
      load: (saved) => {
        const [partition = null, key = []] = isArray(saved) ? saved : [];
        return { partition, key: isArray(key) ? key : [] };
      },
    },
    context,
    stage,
  );
  const partitionOf = (document: Document) => partitionBy(document, undefined) ?? null;
  try {
    for await (const batch of source) {
      for (const document of batch) {
        sort.add({ partition: partitionOf(document), key: order?.key(document) ?? [] }, document);
      }
    }
    const memory = new Memory(context, stage);
    let held: Document[] = [];
    let current: Value = null;
    for (const document of sort.sorted()) {
      const partition = partitionOf(document);
      if (held.length > 0 && compareResults(partition, current, compare) !== 0) {
        yield held;
        held = [];
        memory.release();
      }
      current = partition;
      held.push(document);
      memory.hold(sizeOf(document));
    }
    if (held.length > 0) yield held;
  } finally {
    sort.close();
  }
}

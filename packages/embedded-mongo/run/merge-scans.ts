import type { IndexScan } from "../plan/plan.ts";
import type { CollectionReader, IndexEntry, KeyRange } from "../storage/store.ts";

interface Head {
  readonly entries: Iterator<IndexEntry>;
  readonly prefix: number;
  entry: IndexEntry;
}

/** The entries of several groups of ranges as one row: by what their keys have behind each group's prefix. */
export function* mergeScans(
  reader: CollectionReader,
  { index, ranges, isReverse }: IndexScan,
  prefixes: readonly number[],
): Generator<IndexEntry, void> {
  const each = ranges.length / prefixes.length;
  const heads: Head[] = [];
  for (const [at, prefix] of prefixes.entries()) {
    const entries = entriesOf(reader, index.name, ranges.slice(at * each, (at + 1) * each), isReverse);
    const first = entries.next();
    if (!first.done) heads.push({ entries, prefix, entry: first.value });
  }
  try {
    for (;;) {
      const next = nearest(heads, isReverse);
      if (!next) return;
      yield next.entry;
      const { done, value } = next.entries.next();
      if (done) heads.splice(heads.indexOf(next), 1);
      else next.entry = value;
    }
  } finally {
    for (const { entries } of heads) entries.return?.();
  }
}

function* entriesOf(
  reader: CollectionReader,
  name: string,
  ranges: readonly KeyRange[],
  isReverse: boolean,
): Generator<IndexEntry, void> {
  for (const range of isReverse ? [...ranges].reverse() : ranges) yield* reader.scanIndex(name, range, { isReverse });
}

/** A few heads: they are compared one by one. */
function nearest(heads: readonly Head[], isReverse: boolean): Head | undefined {
  let [best] = heads;
  for (const head of heads) {
    if (!best || head === best) continue;
    const order = compareBehind(head, best);
    if (isReverse ? order > 0 : order < 0) best = head;
  }
  return best;
}

const compareBehind = (left: Head, right: Head): number =>
  left.entry.key.compare(right.entry.key, right.prefix, right.entry.key.length, left.prefix, left.entry.key.length) ||
  left.entry.id - right.entry.id;

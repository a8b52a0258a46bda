import { Document } from "../values/document.ts";
import type { CatalogIndex } from "./catalog-entry.ts";
import { keptOf, readEntry } from "./entry-keys.ts";
import { afterPrefix } from "./key-encoding.ts";
import { numberKey, recordKey } from "./record-keys.ts";
import type { IndexEntry, IndexScanOptions, KeyRange } from "./store.ts";
import type { Span } from "./tables.ts";
import type { View } from "./view.ts";

/** Where the entries of an index are, and the documents that they belong to. */
export interface EntrySource {
  readonly view: View;
  /** The collection's number. */
  readonly collection: number;
  readonly index: CatalogIndex;
}

/** The entries of a range, in order, with whole keys. */
export function* scanEntries(
  source: EntrySource,
  range: KeyRange,
  options: IndexScanOptions,
): Generator<IndexEntry, void> {
  const isReverse = options.isReverse ?? false;
  const isWanted = wantedEntries(range, options);
  for (const entry of wholeEntries(source, spanOfRange(source.index.number, range, options), isReverse)) {
    if (isWanted(entry)) yield entry;
  }
}

/** What has to be read for a range: a little more where keys are cut, and the entry to go on behind. */
function spanOfRange(index: number, range: KeyRange, { isReverse, after }: IndexScanOptions): Span {
  const start = !isReverse && after ? after.key : range.from;
  const end = isReverse && after ? after.key : range.to;
  const isCut = end !== undefined && keptOf(end) !== end;
  const isEndRead = isCut || range.isToIncluded || (isReverse && after !== undefined);
  const to = end && isEndRead ? afterPrefix(keptOf(end)) : end;
  return {
    from: start ? placeOf(index, keptOf(start)) : numberKey(index),
    to: to ? placeOf(index, to) : numberKey(index + 1),
    isReverse: isReverse ?? false,
  };
}

const placeOf = (index: number, key: Buffer): Buffer => Buffer.concat([numberKey(index), key]);

/** An end counts for every key that begins with it. */
function wantedEntries(range: KeyRange, { isReverse, after }: IndexScanOptions): (entry: IndexEntry) => boolean {
  const { from, to } = range;
  return ({ key, id }) => {
    if (from && !range.isFromIncluded && compareToEnd(key, from) <= 0) return false;
    if (from && compareToEnd(key, from) < 0) return false;
    if (to && compareToEnd(key, to) > (range.isToIncluded ? 0 : -1)) return false;
    if (!after) return true;
    const order = Buffer.compare(key, after.key) || id - after.id;
    return isReverse ? order < 0 : order > 0;
  };
}

const compareToEnd = (key: Buffer, end: Buffer): number =>
  key.length > end.length ? key.compare(end, 0, end.length, 0, end.length) : Buffer.compare(key, end);

/** Entries whose keys are cut and begin alike lie in no order: they are read together and sorted by their whole keys. */
function* wholeEntries(source: EntrySource, span: Span, isReverse: boolean): Generator<IndexEntry, void> {
  const { isUnique } = source.index.info;
  let alike: IndexEntry[] = [];
  let start: Buffer | undefined;
  for (const { key: place, value } of source.view.range("entries", span)) {
    const entry = readEntry(isUnique, place, value);
    if (start && !(entry.isCut && entry.key.equals(start))) {
      yield* inOrder(alike, isReverse);
      alike = [];
      start = undefined;
    }
    if (entry.isCut) {
      start = entry.key;
      alike.push(...restored(source, start, entry.id));
    } else {
      yield entry;
    }
  }
  yield* inOrder(alike, isReverse);
}

/** Several entries of one document may begin alike: each brings all of them, so the sorted list drops what is there twice. */
function restored({ view, collection, index }: EntrySource, start: Buffer, id: number): IndexEntry[] {
  const bytes = view.get("records", recordKey(collection, id));
  if (!bytes) return [];
  const { keys } = index.keys.keysOf(Document.read(bytes));
  return keys.filter((key) => keptOf(key) !== key && keptOf(key).equals(start)).map((key) => ({ key, id }));
}

function inOrder(entries: readonly IndexEntry[], isReverse: boolean): readonly IndexEntry[] {
  const sorted = [...entries].sort((a, b) => Buffer.compare(a.key, b.key) || a.id - b.id);
  const single = sorted.filter(
    (each, at) => at === 0 || each.id !== sorted[at - 1]?.id || !each.key.equals(sorted[at - 1]?.key ?? each.key),
  );
  return isReverse ? single.reverse() : single;
}

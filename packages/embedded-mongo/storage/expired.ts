import { setImmediate } from "node:timers/promises";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { visitPath } from "../values/path.ts";
import { DateValue } from "../values/scalars.ts";
import { encodeKeyPart } from "./key-encoding.ts";
import type { CollectionInfo, CollectionWriter, IndexInfo, Namespace, RecordId, Store, Writer } from "./store.ts";

// A write holds up the others only for so many documents.
const documentsAtATime = 500;

// Looking through a collection lets others work after so many.
const examinedAtATime = 2000;

/** What makes documents of a collection old: a date at a path, which an index may find. */
interface Aging {
  readonly namespace: Namespace;
  readonly path: string;
  readonly seconds: number;
  readonly index: IndexInfo | undefined;
}

/**
 * Removes what is too old by TTL indexes, and by `expireAfterSeconds` of time series and clustered collections (manual, "TTL Indexes", "Set up
 * Automatic Removal for Time Series Collections"). Returns how many documents.
 */
export async function removeExpired(store: Store, now: number): Promise<number> {
  let removed = 0;
  for (const aging of agingsOf(store)) {
    const limit = now - aging.seconds * 1000;
    removed += await (aging.index
      ? removeByIndex(store, aging, aging.index, limit)
      : removeByScan(store, aging, limit));
  }
  return removed;
}

function agingsOf(store: Store): readonly Aging[] {
  const snapshot = store.snapshot();
  try {
    const collections = snapshot.databases().flatMap((database) => snapshot.collections(database));
    return collections.flatMap((info) => [...agingByIndexes(info), ...agingByOptions(info)]);
  } finally {
    snapshot.close();
  }
}

const agingByIndexes = ({ namespace, indexes }: CollectionInfo): readonly Aging[] =>
  indexes.flatMap((index) => {
    const [path] = index.key[0] ?? [];
    const { expireAfterSeconds: seconds } = index;
    return path === undefined || seconds === undefined || index.key.length > 1
      ? []
      : [{ namespace, path, seconds, index }];
  });

function agingByOptions({ namespace, options, indexes }: CollectionInfo): readonly Aging[] {
  const seconds = options.get("expireAfterSeconds");
  const series = options.get("timeseries");
  const path = series instanceof Document ? series.get("timeField") : options.has("clusteredIndex") ? "_id" : undefined;
  if (!isNumber(seconds) || typeof path !== "string") return [];
  const index = indexes.find(({ key, partialFilter }) => {
    const [first, direction] = key[0] ?? [];
    return first === path && (direction === 1 || direction === -1) && !partialFilter;
  });
  return [{ namespace, path, seconds: toDouble(seconds), index }];
}

async function removeByIndex(store: Store, aging: Aging, index: IndexInfo, limit: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await store.write((writer) => removeSome(writer, aging, index, limit));
    removed += count;
    if (count < documentsAtATime) return removed;
  }
}

function removeSome(writer: Writer, { namespace, path }: Aging, index: IndexInfo, limit: number): number {
  const collection = writer.open(namespace);
  const direction = index.key[0]?.[1] ?? 1;
  if (!collection?.info.indexes.some(({ name }) => name === index.name)) return 0;
  const ends = [new DateValue(Number.NEGATIVE_INFINITY), new DateValue(limit)].map((end) =>
    encodeKeyPart(end, direction),
  );
  const [from, to] = direction === -1 ? ends.reverse() : ends;
  const range = { from, isFromIncluded: true, to, isToIncluded: true };
  const ids = new Set<RecordId>();
  for (const { id } of collection.scanIndex(index.name, range)) {
    ids.add(id);
    if (ids.size === documentsAtATime) break;
  }
  return removeThese(collection, ids, path, limit);
}

async function removeByScan(store: Store, { namespace, path }: Aging, limit: number): Promise<number> {
  let removed = 0;
  let after: RecordId | undefined;
  for (;;) {
    const { old, last } = oldAfter(store, namespace, path, limit, after);
    if (old.length > 0) {
      removed += await store.write((writer) => {
        const collection = writer.open(namespace);
        return collection ? removeThese(collection, old, path, limit) : 0;
      });
    }
    if (last === undefined) return removed;
    after = last;
    await setImmediate();
  }
}

/** The old ones among the next documents, and the last that was looked at; undefined at the end. */
function oldAfter(store: Store, namespace: Namespace, path: string, limit: number, after: RecordId | undefined) {
  const snapshot = store.snapshot();
  try {
    const old: RecordId[] = [];
    let examined = 0;
    for (const { id, document } of snapshot.open(namespace)?.scan(after === undefined ? {} : { after }) ?? []) {
      if (isExpired(document, path, limit)) old.push(id);
      if (++examined === examinedAtATime || old.length === documentsAtATime) return { old, last: id };
    }
    return { old, last: undefined };
  } finally {
    snapshot.close();
  }
}

function removeThese(collection: CollectionWriter, ids: Iterable<RecordId>, path: string, limit: number): number {
  let removed = 0;
  for (const id of ids) {
    const document = collection.get(id);
    if (!document || !isExpired(document, path, limit)) continue;
    collection.remove(id, document);
    removed++;
  }
  return removed;
}

/** Of an array's dates the earliest counts. */
function isExpired(document: Document, path: string, limit: number): boolean {
  const isOld = (value: Value | undefined): boolean =>
    value instanceof DateValue ? value.ms <= limit : isArray(value) && value.some(isOld);
  return visitPath(document, path.split("."), "elements", isOld);
}

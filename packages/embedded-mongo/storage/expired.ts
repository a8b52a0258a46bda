import type { Document, Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { visitPath } from "../values/path.ts";
import { DateValue } from "../values/scalars.ts";
import { encodeKeyPart } from "./key-encoding.ts";
import type { IndexInfo, Namespace, Store, Writer } from "./store.ts";

// A write holds up the others only for so many documents.
const documentsAtATime = 500;

/** Removes what TTL indexes say is too old (manual, "TTL Indexes"). Returns how many documents. */
export async function removeExpired(store: Store, now: number): Promise<number> {
  let removed = 0;
  for (const { namespace, index } of ttlIndexes(store)) {
    for (;;) {
      const count = await store.write((writer) => removeSome(writer, namespace, index, now));
      removed += count;
      if (count < documentsAtATime) break;
    }
  }
  return removed;
}

function ttlIndexes(store: Store): readonly { readonly namespace: Namespace; readonly index: IndexInfo }[] {
  const snapshot = store.snapshot();
  try {
    const collections = snapshot.databases().flatMap((database) => snapshot.collections(database));
    return collections.flatMap(({ namespace, indexes }) =>
      indexes
        .filter((index) => index.expireAfterSeconds !== undefined && index.key.length === 1)
        .map((index) => ({ namespace, index })),
    );
  } finally {
    snapshot.close();
  }
}

function removeSome(writer: Writer, namespace: Namespace, index: IndexInfo, now: number): number {
  const collection = writer.open(namespace);
  const [path, direction] = index.key[0] ?? ["", 1];
  if (!collection?.info.indexes.some(({ name }) => name === index.name)) return 0;
  const limit = now - (index.expireAfterSeconds ?? 0) * 1000;
  const ends = [new DateValue(Number.NEGATIVE_INFINITY), new DateValue(limit)].map((end) =>
    encodeKeyPart(end, direction),
  );
  const [from, to] = direction === -1 ? ends.reverse() : ends;
  const range = { from, isFromIncluded: true, to, isToIncluded: true };
  const ids = new Set<number>();
  for (const { id } of collection.scanIndex(index.name, range)) {
    ids.add(id);
    if (ids.size === documentsAtATime) break;
  }
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

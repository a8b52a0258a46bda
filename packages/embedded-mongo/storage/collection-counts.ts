import { countsKey } from "./catalog-keys.ts";
import type { Changer, View } from "./view.ts";

export interface IndexCounts {
  entries: number;
  bytes: number;
  isMultikey: boolean;
}

/** What is counted of a collection; exact, because it is written with what it counts. */
export interface CollectionCounts {
  documents: number;
  bytes: number;
  /** Above every record id that was given. */
  nextId: number;
  /** By the index's number. */
  readonly indexes: Map<number, IndexCounts>;
}

/** The counts of one of its indexes, from zero on. */
export function indexCounts(counts: CollectionCounts, index: number): IndexCounts {
  let found = counts.indexes.get(index);
  if (!found) {
    found = { entries: 0, bytes: 0, isMultikey: false };
    counts.indexes.set(index, found);
  }
  return found;
}

/** The counts that a write or a reader sees, read once for each collection. */
export class CountsBook {
  readonly #view: View;
  readonly #pages: Map<number, { readonly before: CollectionCounts; readonly now: CollectionCounts }> = new Map();

  constructor(view: View) {
    this.#view = view;
  }

  of(collection: number): CollectionCounts {
    let page = this.#pages.get(collection);
    if (!page) {
      const bytes = this.#view.get("catalog", countsKey(collection));
      page = { before: decode(bytes), now: decode(bytes) };
      this.#pages.set(collection, page);
    }
    return page.now;
  }

  /** The collection is gone. */
  forget(collection: number): void {
    this.#pages.delete(collection);
  }

  /** Adds what has changed to what `changer` has by now. */
  saveTo(changer: Changer): void {
    for (const [collection, { before, now }] of this.#pages) {
      const key = countsKey(collection);
      const stored = changer.get("catalog", key);
      const value = encode(add(decode(stored), before, now));
      if (!stored?.equals(value)) changer.put("catalog", key, value, stored);
    }
  }
}

function add(stored: CollectionCounts, before: CollectionCounts, now: CollectionCounts): CollectionCounts {
  const indexes = new Map<number, IndexCounts>();
  for (const [index, counts] of now.indexes) {
    const [old, base] = [before.indexes.get(index), stored.indexes.get(index)];
    indexes.set(index, {
      entries: (base?.entries ?? 0) + counts.entries - (old?.entries ?? 0),
      bytes: (base?.bytes ?? 0) + counts.bytes - (old?.bytes ?? 0),
      isMultikey: counts.isMultikey || (base?.isMultikey ?? false),
    });
  }
  return {
    documents: stored.documents + now.documents - before.documents,
    bytes: stored.bytes + now.bytes - before.bytes,
    nextId: Math.max(stored.nextId, now.nextId),
    indexes,
  };
}

// Doubles: exact up to 2^53.
function encode({ documents, bytes, nextId, indexes }: CollectionCounts): Buffer {
  const numbers = [documents, bytes, nextId];
  for (const [index, counts] of indexes) numbers.push(index, counts.entries, counts.bytes, Number(counts.isMultikey));
  const buffer = Buffer.allocUnsafe(numbers.length * 8);
  for (const [at, number] of numbers.entries()) buffer.writeDoubleLE(number, at * 8);
  return buffer;
}

function decode(bytes: Buffer | undefined): CollectionCounts {
  if (!bytes) return { documents: 0, bytes: 0, nextId: 1, indexes: new Map() };
  const number = (at: number): number => bytes.readDoubleLE(at * 8);
  const indexes = new Map<number, IndexCounts>();
  for (let at = 3; at * 8 < bytes.length; at += 4) {
    indexes.set(number(at), { entries: number(at + 1), bytes: number(at + 2), isMultikey: number(at + 3) === 1 });
  }
  return { documents: number(0), bytes: number(1), nextId: number(2), indexes };
}

import { Document } from "../values/document.ts";
import { chunkBytes, entryOverhead } from "./build-index.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import { doomedKey } from "./catalog-keys.ts";
import { type CollectionCounts, type IndexCounts, indexCounts } from "./collection-counts.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { type EntryPlace, entryPlace } from "./entry-keys.ts";
import { compileIndexKeys } from "./index-keys.ts";
import { parseIndex } from "./parse-index.ts";
import { recordIdOf, recordKey, spanOf } from "./record-keys.ts";
import type { BuiltIndexes } from "./store.ts";
import type { RecordsBefore, State, Tables } from "./tables.ts";
import { type Changer, TableView, type View } from "./view.ts";

// Others wait while so many records are read, or entries written: a few milliseconds.
const recordsAtATime = 200;
const entriesAtATime = 1000;

interface BuildingIndex extends CatalogIndex {
  readonly specification: Document;
  readonly counts: IndexCounts;
}

/**
 * Indexes that are filled while others read and write. Nobody sees them: they have numbers that the catalog does not know yet, and are marked as
 * doomed, so that nothing stays behind of them. They are made of a snapshot; which records were touched since is noted, and put right when
 * the catalog takes them.
 */
export class IndexBuild implements BuiltIndexes {
  readonly #tables: Tables;
  /** The collection's number. */
  readonly #collection: number;
  readonly #indexes: readonly BuildingIndex[];
  /** Records that were touched since the snapshot, as they are in it. */
  readonly #touched: RecordsBefore = new Map();
  readonly #ended: () => void;
  readonly #unwatch: () => void;
  #state: State | undefined;
  #isWhole = false;

  /** `ended` is called when it is let go. */
  constructor(
    tables: Tables,
    collection: number,
    indexes: readonly { readonly number: number; readonly specification: Document }[],
    ended: () => void,
  ) {
    this.#tables = tables;
    this.#collection = collection;
    this.#indexes = indexes.map(({ number, specification }) => {
      const info = parseIndex(specification);
      const counts = { entries: 0, bytes: 0, isMultikey: false };
      return { number, specification, info, keys: compileIndexKeys(info), counts };
    });
    this.#ended = ended;
    this.#unwatch = tables.watchRecords(collection, this.#touched);
  }

  /** Reads everything, with pauses. Where a document cannot be indexed it ends early, and is of no use. */
  async fill(pause: () => Promise<void> | undefined): Promise<void> {
    // What was written before the watch began is committed after this, and so in the snapshot.
    await this.#tables.transaction(() => {});
    this.#state = this.#tables.state();
    const records = new TableView(this.#tables, this.#state);
    // Of those that were touched so far, it may have what was before or after. Inside of a write it cannot be asked.
    for (const id of this.#touched.keys())
      this.#touched.set(id, records.get("records", recordKey(this.#collection, id)));
    for (const index of this.#indexes) if (!(await this.#fill(index, records, pause))) return;
    this.#isWhole = true;
  }

  async #fill(index: BuildingIndex, records: View, pause: () => Promise<void> | undefined): Promise<boolean> {
    const { number, info, keys, counts } = index;
    let places: EntryPlace[] = [];
    let bytes = 0;
    let read = 0;
    for (const { key: record, value } of records.range("records", spanOf(this.#collection))) {
      try {
        const found = keys.keysOf(Document.read(value));
        if (found.isMultikey) counts.isMultikey = true;
        for (const key of found.keys) {
          const place = entryPlace(number, info.isUnique, key, recordIdOf(record));
          places.push(place);
          bytes += place.key.length + entryOverhead;
        }
      } catch {
        return false;
      }
      if (++read % recordsAtATime === 0) await pause();
      if (bytes < chunkBytes) continue;
      if (!(await this.#load(index, places, pause))) return false;
      places = [];
      bytes = 0;
    }
    return this.#load(index, places, pause);
  }

  /** Neighbours are written together. False when there are two of what must be unique. */
  async #load(
    { info, counts }: BuildingIndex,
    places: EntryPlace[],
    pause: () => Promise<void> | undefined,
  ): Promise<boolean> {
    places.sort((a, b) => Buffer.compare(a.key, b.key));
    for (let start = 0; start < places.length; start += entriesAtATime) {
      const slice = places.slice(start, start + entriesAtATime);
      const isUnique = await this.#tables.transaction(() => {
        for (const { key, value } of slice) {
          if (info.isUnique && this.#tables.get("entries", key)) return false;
          this.#tables.put("entries", key, value);
          counts.entries++;
          counts.bytes += key.length + value.length;
        }
        return true;
      });
      if (!isUnique) return false;
      await pause();
    }
    return true;
  }

  /** The number of an index with this very specification of this collection, when it is filled. */
  numberOf(collection: number, specification: Document): number | undefined {
    if (!this.#isWhole || collection !== this.#collection) return undefined;
    return this.#indexes.find((each) => each.specification === specification)?.number;
  }

  /** Puts an index right that the catalog has taken, in the same write. @throws MongoError DuplicateKey, and what a document may not have */
  finish(changer: Changer, entry: CatalogEntry, { number, info, keys }: CatalogIndex, counts: CollectionCounts): void {
    const built = this.#indexes.find((each) => each.number === number);
    if (!built) throw new Error(`Index ${number} was not built here.`);
    const now = indexCounts(counts, number);
    Object.assign(now, built.counts);
    const added: { readonly place: EntryPlace; readonly key: Buffer; readonly document: Document }[] = [];
    const removed: EntryPlace[] = [];
    for (const [id, old] of this.#touched) {
      const current = changer.get("records", recordKey(entry.number, id));
      for (const key of old ? keys.keysOf(Document.read(old)).keys : []) {
        removed.push(entryPlace(number, info.isUnique, key, id));
      }
      if (!current) continue;
      const document = Document.read(current);
      const found = keys.keysOf(document);
      if (found.isMultikey) now.isMultikey = true;
      for (const key of found.keys) added.push({ place: entryPlace(number, info.isUnique, key, id), key, document });
    }
    for (const { key, value } of removed) {
      changer.remove("entries", key, value);
      now.entries--;
      now.bytes -= key.length + value.length;
    }
    for (const { place, key, document } of added) {
      if (info.isUnique && changer.get("entries", place.key)) {
        throw duplicateKey(entry.info.namespace, info, keys.rowOf(document, key));
      }
      changer.put("entries", place.key, place.value, undefined);
      now.entries++;
      now.bytes += place.key.length + place.value.length;
    }
    changer.remove("catalog", doomedKey(number, "entries"), Buffer.from([1]));
  }

  release(): void {
    this.#unwatch();
    this.#state?.close();
    this.#state = undefined;
    this.#ended();
  }
}

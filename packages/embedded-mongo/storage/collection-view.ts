import { Document, type Value } from "../values/document.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import type { CollectionCounts } from "./collection-counts.ts";
import { entryPlace, readEntry } from "./entry-keys.ts";
import { indexNotFound } from "./mongo-errors.ts";
import { recordIdOf, recordKey, spanOf } from "./record-keys.ts";
import { scanEntries } from "./scan-index.ts";
import type {
  CollectionInfo,
  CollectionReader,
  IndexEntry,
  IndexScanOptions,
  KeyRange,
  RecordId,
  ScanOptions,
  StoredRecord,
} from "./store.ts";
import { validateCollection } from "./validate-collection.ts";
import type { View } from "./view.ts";

/** A collection in one state of the data. */
export class CollectionView implements CollectionReader {
  protected readonly view: View;
  protected readonly entry: CatalogEntry;
  protected readonly counts: CollectionCounts;

  constructor(view: View, entry: CatalogEntry, counts: CollectionCounts) {
    this.view = view;
    this.entry = entry;
    this.counts = counts;
  }

  get info(): CollectionInfo {
    return infoWithCounts(this.entry, this.counts);
  }

  count(): number {
    return this.counts.documents;
  }

  byteSize(): number {
    return this.counts.bytes;
  }

  get(id: RecordId): Document | undefined {
    const bytes = this.view.get("records", recordKey(this.entry.number, id));
    return bytes && Document.read(bytes);
  }

  findId(id: Value): StoredRecord | undefined {
    const index = this.index("_id_");
    const [key] = index.keys.keysOf(Document.from([["_id", id]])).keys;
    if (!key) return undefined;
    if (!index.info.isUnique) return this.#firstOf(key);
    const place = entryPlace(index.number, true, key, 0);
    const value = this.view.get("entries", place.key);
    if (!value) return undefined;
    const record = readEntry(true, place.key, value).id;
    const document = this.get(record);
    return document && { id: record, document };
  }

  /** The first of several records of an `_id`. */
  #firstOf(key: Buffer): StoredRecord | undefined {
    const range = { from: key, isFromIncluded: true, to: key, isToIncluded: true };
    for (const { id } of this.scanIndex("_id_", range)) {
      const document = this.get(id);
      if (document) return { id, document };
    }
    return undefined;
  }

  *scan({ isReverse = false, after }: ScanOptions = {}): Generator<StoredRecord, void> {
    const { number } = this.entry;
    const { from, to } = spanOf(number);
    const span =
      after === undefined
        ? { from, to }
        : { from: isReverse ? from : recordKey(number, after + 1), to: isReverse ? recordKey(number, after) : to };
    for (const { key, value } of this.view.range("records", { ...span, isReverse })) {
      yield { id: recordIdOf(key), document: Document.read(value) };
    }
  }

  scanIndex(name: string, range: KeyRange, options: IndexScanOptions = {}): Iterable<IndexEntry> {
    const source = { view: this.view, collection: this.entry.number, index: this.index(name) };
    return scanEntries(source, range, options);
  }

  indexSize(name: string): { readonly entries: number; readonly bytes: number } {
    const counts = this.counts.indexes.get(this.index(name).number);
    return { entries: counts?.entries ?? 0, bytes: counts?.bytes ?? 0 };
  }

  validate(): readonly string[] {
    return validateCollection(this.view, this.entry, this.counts);
  }

  protected index(name: string): CatalogIndex {
    const index = this.entry.indexes.find(({ info }) => info.name === name);
    if (!index) throw indexNotFound(name);
    return index;
  }
}

/** What is known of a collection; whether its indexes are multikey is counted with its documents. */
export function infoWithCounts({ info, indexes }: CatalogEntry, counts: CollectionCounts): CollectionInfo {
  const multikey = indexes.filter(({ number }) => counts.indexes.get(number)?.isMultikey);
  if (multikey.length === 0) return info;
  const isMultikey = new Set(multikey.map((index) => index.info));
  return {
    ...info,
    indexes: info.indexes.map((index) => (isMultikey.has(index) ? { ...index, isMultikey: true } : index)),
  };
}

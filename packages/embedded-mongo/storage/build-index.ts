import { Document } from "../values/document.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import { doomedKey } from "./catalog-keys.ts";
import { type CollectionCounts, type IndexCounts, indexCounts } from "./collection-counts.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { type EntryPlace, entryPlace, readEntry } from "./entry-keys.ts";
import { recordIdOf, recordKey, spanOf } from "./record-keys.ts";
import type { Changer } from "./view.ts";

/** So many bytes of entries are sorted at a time: neighbours are then written together, and memory stays bounded. */
export const chunkBytes = 16 * 1_048_576;

/** What an entry costs in memory besides its bytes. */
export const entryOverhead = 200;

/**
 * Fills new indexes from the records that are there. Until all is done they are marked as doomed, so that nothing stays behind when it fails.
 * @throws MongoError DuplicateKey, CannotIndexParallelArrays
 */
export function buildIndexes(
  changer: Changer,
  entry: CatalogEntry,
  indexes: readonly CatalogIndex[],
  counts: CollectionCounts,
): void {
  const doomed = Buffer.from([1]);
  for (const { number } of indexes) changer.load("catalog", doomedKey(number, "entries"), doomed);
  for (const index of indexes) buildIndex(changer, entry, index, indexCounts(counts, index.number));
  for (const { number } of indexes) changer.remove("catalog", doomedKey(number, "entries"), doomed);
}

function buildIndex(changer: Changer, entry: CatalogEntry, index: CatalogIndex, counts: IndexCounts): void {
  let places: EntryPlace[] = [];
  let bytes = 0;
  const flush = () => {
    places.sort((a, b) => Buffer.compare(a.key, b.key));
    for (const place of places) load(changer, entry, index, place, counts);
    places = [];
    bytes = 0;
  };
  for (const { key: record, value } of changer.range("records", spanOf(entry.number))) {
    const { keys, isMultikey } = index.keys.keysOf(Document.read(value));
    if (isMultikey) counts.isMultikey = true;
    for (const key of keys) {
      const place = entryPlace(index.number, index.info.isUnique, key, recordIdOf(record));
      places.push(place);
      bytes += place.key.length + entryOverhead;
    }
    if (bytes > chunkBytes) flush();
  }
  flush();
}

function load(
  changer: Changer,
  entry: CatalogEntry,
  { info, keys }: CatalogIndex,
  place: EntryPlace,
  counts: IndexCounts,
): void {
  if (info.isUnique && changer.get("entries", place.key)) {
    const { id } = readEntry(true, place.key, place.value);
    const document = Document.read(changer.get("records", recordKey(entry.number, id)) ?? Buffer.from([5, 0, 0, 0, 0]));
    const key = keys.keysOf(document).keys.find((each) => isAt(place, each, id));
    throw duplicateKey(entry.info.namespace, info, keys.rowOf(document, key ?? place.key));
  }
  changer.load("entries", place.key, place.value);
  counts.entries++;
  counts.bytes += place.key.length + place.value.length;
}

const isAt = (place: EntryPlace, key: Buffer, id: number): boolean =>
  entryPlace(place.key.readUInt32BE(0), true, key, id).key.equals(place.key);

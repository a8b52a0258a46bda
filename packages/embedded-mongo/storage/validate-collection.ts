import { checkDocument } from "../values/check-document.ts";
import { Document } from "../values/document.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import type { CollectionCounts } from "./collection-counts.ts";
import { entryPlace, readEntry } from "./entry-keys.ts";
import { recordIdOf, recordKey, spanOf } from "./record-keys.ts";
import type { View } from "./view.ts";

// Enough to see what is wrong.
const maxProblems = 100;

/** Walks through all records and all entries, both ways. Returns what does not fit together, in words. */
export function validateCollection(view: View, entry: CatalogEntry, counts: CollectionCounts): readonly string[] {
  const problems: string[] = [];
  const wanted = new Map<CatalogIndex, number>(entry.indexes.map((index) => [index, 0]));
  let documents = 0;
  let bytes = 0;
  for (const { key, value } of view.range("records", spanOf(entry.number))) {
    const id = recordIdOf(key);
    documents++;
    bytes += value.length;
    const damage = checkDocument(value, 0, value.length);
    if (damage) problems.push(`Record ${id} is damaged: ${damage}.`);
    else for (const index of entry.indexes) addWanted(view, index, id, Document.read(value), wanted, problems);
    if (problems.length > maxProblems) return problems;
  }
  if (documents !== counts.documents) problems.push(`${documents} records are there, ${counts.documents} are counted.`);
  if (bytes !== counts.bytes) problems.push(`The records have ${bytes} bytes, ${counts.bytes} are counted.`);
  for (const [index, entries] of wanted) problems.push(...checkEntries(view, entry, index, entries, counts));
  return problems.slice(0, maxProblems);
}

function addWanted(
  view: View,
  index: CatalogIndex,
  id: number,
  document: Document,
  wanted: Map<CatalogIndex, number>,
  problems: string[],
): void {
  const { keys } = index.keys.keysOf(document);
  wanted.set(index, (wanted.get(index) ?? 0) + keys.length);
  for (const key of keys) {
    const place = entryPlace(index.number, index.info.isUnique, key, id);
    if (!view.get("entries", place.key)?.equals(place.value)) {
      problems.push(`Record ${id} has no entry in the index ${index.info.name}.`);
    }
  }
}

function checkEntries(
  view: View,
  entry: CatalogEntry,
  { number, info }: CatalogIndex,
  wanted: number,
  counts: CollectionCounts,
): readonly string[] {
  const problems: string[] = [];
  let entries = 0;
  let bytes = 0;
  for (const { key, value } of view.range("entries", spanOf(number))) {
    entries++;
    bytes += key.length + value.length;
    const { id } = readEntry(info.isUnique, key, value);
    if (!view.get("records", recordKey(entry.number, id))) {
      problems.push(`The index ${info.name} has an entry for the record ${id}, which is not there.`);
    }
  }
  const counted = counts.indexes.get(number) ?? { entries: 0, bytes: 0 };
  if (entries !== wanted) problems.push(`The index ${info.name} has ${entries} entries in place of ${wanted}.`);
  if (entries !== counted.entries)
    problems.push(`The index ${info.name} has ${entries} entries, ${counted.entries} are counted.`);
  if (bytes !== counted.bytes)
    problems.push(`The index ${info.name} has ${bytes} bytes, ${counted.bytes} are counted.`);
  return problems;
}

import { Document } from "../values/document.ts";
import { buildIndexes } from "./build-index.ts";
import { type StoredIndex, storedParts } from "./catalog-codec.ts";
import type { CatalogDraft } from "./catalog-draft.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { changedFields } from "./changed-fields.ts";
import type { CollectionCounts } from "./collection-counts.ts";
import type { EditContext } from "./collection-editor.ts";
import { indexNotFound, nameOf } from "./mongo-errors.ts";
import { parseIndex } from "./parse-index.ts";

/** What the change of an index needs of a write. */
export interface IndexWork {
  readonly draft: CatalogDraft;
  readonly edit: EditContext;
  countsOf(entry: CatalogEntry): CollectionCounts;
}

/** Builds the indexes that are not there yet. Returns the names of all of them. */
export function addIndexes(
  work: IndexWork,
  entry: CatalogEntry,
  specifications: readonly Document[],
): readonly string[] {
  const stored = storedParts(entry.bytes);
  const known = new Set(entry.indexes.map(({ info }) => info.name));
  const added: StoredIndex[] = [];
  const names: string[] = [];
  for (const given of specifications) {
    const specification = withName(given);
    const { name } = parseIndex(specification);
    names.push(name);
    if (known.has(name)) continue;
    known.add(name);
    added.push({ number: work.draft.newNumber(), specification });
  }
  if (added.length === 0) return names;
  const name = nameOf(entry.info.namespace);
  const now = work.draft.put(name, { ...stored, indexes: [...stored.indexes, ...added] });
  work.draft.expectRemains();
  const numbers = new Set(added.map(({ number }) => number));
  buildIndexes(
    work.edit.changer,
    now,
    now.indexes.filter(({ number }) => numbers.has(number)),
    work.countsOf(now),
  );
  const description = Document.from([["indexes", added.map(({ specification }) => specification)]]);
  work.edit.changes?.defined(entry.info, "createIndexes", description);
  return names;
}

/** Gives an index another specification with the same keys: hidden or not, another time to live. */
export function changeIndex(work: IndexWork, entry: CatalogEntry, name: string, specification: Document): void {
  const stored = storedParts(entry.bytes);
  const index = entry.indexes.find(({ info }) => info.name === name);
  if (!index) throw indexNotFound(name);
  const indexes = stored.indexes.map((index) =>
    parseIndex(index.specification).name === name ? { ...index, specification } : index,
  );
  work.draft.put(nameOf(entry.info.namespace), { ...stored, indexes });
  const before = index.info.specification;
  const changed = Document.from([["name", name], ...changedFields(before, specification).fields()]);
  work.edit.changes?.modified(entry.info, Document.from([["index", changed]]), before);
}

export function removeIndex(work: IndexWork, entry: CatalogEntry, name: string): void {
  const index = entry.indexes.find(({ info }) => info.name === name);
  if (!index) throw indexNotFound(name);
  const stored = storedParts(entry.bytes);
  const indexes = stored.indexes.filter(({ number }) => number !== index.number);
  work.draft.put(nameOf(entry.info.namespace), { ...stored, indexes });
  work.draft.doom(index.number, "entries");
  work.countsOf(entry).indexes.delete(index.number);
  const description = Document.from([["indexes", [index.info.specification]]]);
  work.edit.changes?.defined(entry.info, "dropIndexes", description);
}

function withName(specification: Document): Document {
  if (specification.has("name")) return specification;
  return Document.of(new Map([...specification.fields(), ["name", parseIndex(specification).name]]));
}

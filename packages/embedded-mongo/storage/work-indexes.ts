import { Document } from "../values/document.ts";
import { buildIndexes } from "./build-index.ts";
import { type StoredIndex, storedParts } from "./catalog-codec.ts";
import type { CatalogDraft } from "./catalog-draft.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { changedFields } from "./changed-fields.ts";
import type { CollectionCounts } from "./collection-counts.ts";
import type { EditContext } from "./collection-editor.ts";
import { IndexBuild } from "./index-build.ts";
import { indexNotFound, nameOf } from "./mongo-errors.ts";
import { parseIndex } from "./parse-index.ts";
import type { BuiltIndexes } from "./store.ts";

/** What the change of an index needs of a write. */
export interface IndexWork {
  readonly draft: CatalogDraft;
  readonly edit: EditContext;
  countsOf(entry: CatalogEntry): CollectionCounts;
}

/** What is built apart. */
export interface BegunBuild {
  /** Of the collection. */
  readonly number: number;
  readonly indexes: readonly StoredIndex[];
}

/** The numbers of indexes that are built apart, marked as doomed; undefined when there are few documents or all indexes are there. */
export function beginBuild(
  work: IndexWork,
  entry: CatalogEntry,
  specifications: readonly Document[],
  documents: number,
): BegunBuild | undefined {
  if (work.countsOf(entry).documents < documents) return undefined;
  const known = new Set(entry.indexes.map(({ info }) => info.name));
  const missing = specifications.filter((each) => !known.has(parseIndex(each).name));
  if (missing.length === 0) return undefined;
  const indexes = missing.map((specification) => ({ number: work.draft.newNumber(), specification }));
  for (const { number } of indexes) work.draft.doom(number, "entries");
  // Unchanged, so that the numbers that were given are stored: after a crash none of them is given again.
  work.draft.put(nameOf(entry.info.namespace), storedParts(entry.bytes));
  return { number: entry.number, indexes };
}

/** Builds the indexes that are not there yet, or takes those that were built apart. Returns the names of all of them. */
export function addIndexes(
  work: IndexWork,
  entry: CatalogEntry,
  specifications: readonly Document[],
  given?: BuiltIndexes,
): readonly string[] {
  const built = given instanceof IndexBuild ? given : undefined;
  const stored = storedParts(entry.bytes);
  const known = new Set(entry.indexes.map(({ info }) => info.name));
  const added: StoredIndex[] = [];
  const names: string[] = [];
  const taken = new Set<number>();
  for (const asked of specifications) {
    const specification = withName(asked);
    const { name } = parseIndex(specification);
    names.push(name);
    if (known.has(name)) continue;
    known.add(name);
    const number = built?.numberOf(entry.number, specification);
    if (number !== undefined) taken.add(number);
    added.push({ number: number ?? work.draft.newNumber(), specification });
  }
  if (added.length === 0) return names;
  const name = nameOf(entry.info.namespace);
  const now = work.draft.put(name, { ...stored, indexes: [...stored.indexes, ...added] });
  work.draft.expectRemains();
  const counts = work.countsOf(now);
  const fresh = now.indexes.filter(({ number }) => added.some((each) => each.number === number));
  for (const index of fresh) if (taken.has(index.number)) built?.finish(work.edit.changer, now, index, counts);
  buildIndexes(
    work.edit.changer,
    now,
    fresh.filter(({ number }) => !taken.has(number)),
    counts,
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

import { randomBytes } from "node:crypto";
import { MongoError } from "../errors/mongo-error.ts";
import { Document, emptyDocument } from "../values/document.ts";
import type { CatalogCache } from "./catalog.ts";
import { idIndex, type StoredCollection, storedParts } from "./catalog-codec.ts";
import { CatalogDraft } from "./catalog-draft.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { countsKey } from "./catalog-keys.ts";
import { CatalogReader } from "./catalog-reader.ts";
import type { ChangeRecorder } from "./change-recorder.ts";
import { changedFields } from "./changed-fields.ts";
import type { CollectionCounts } from "./collection-counts.ts";
import { CollectionEditor, type EditContext } from "./collection-editor.ts";
import { collectionExists, nameOf, namespaceNotFound } from "./mongo-errors.ts";
import type { RecordIds } from "./record-ids.ts";
import type { BuiltIndexes, CollectionInfo, CollectionWriter, Namespace, Writer } from "./store.ts";
import type { Changer } from "./view.ts";
import { addIndexes, type BegunBuild, beginBuild, changeIndex, removeIndex } from "./work-indexes.ts";

export interface WorkContext {
  readonly cache: CatalogCache;
  readonly changer: Changer;
  readonly recordIds: RecordIds;
  readonly changes: ChangeRecorder | undefined;
}

/** What one write sees and changes. */
export class Work extends CatalogReader implements Writer {
  readonly draft: CatalogDraft;
  readonly edit: EditContext;
  /** What the catalog had of the collections that were opened. */
  readonly written: Map<string, Buffer> = new Map();
  readonly #changer: Changer;
  readonly #changes: ChangeRecorder | undefined;

  constructor({ cache, changer, recordIds, changes }: WorkContext) {
    super(changer, cache);
    this.draft = new CatalogDraft(cache, changer);
    this.edit = { changer, recordIds, changes };
    this.#changer = changer;
    this.#changes = changes;
  }

  override open(namespace: Namespace): CollectionWriter | undefined {
    const entry = this.entry(namespace);
    return entry && entry.info.kind !== "view" ? this.editor(entry) : undefined;
  }

  openOrCreate(namespace: Namespace): CollectionWriter {
    const writer = this.open(namespace);
    if (writer) return writer;
    this.create(namespace, emptyDocument);
    return this.editor(this.known(namespace));
  }

  create(namespace: Namespace, options: Document): CollectionInfo {
    const name = nameOf(namespace);
    if (this.entries().has(name)) throw collectionExists(namespace);
    const isView = options.has("viewOn");
    const index = { specification: idIndex(options) };
    const stored: StoredCollection = {
      number: isView ? 0 : this.draft.newNumber(),
      uuid: newUuid(),
      options,
      indexes: isView ? [] : [{ number: this.draft.newNumber(), ...index }],
    };
    const { info } = this.draft.put(name, stored);
    const told = isView ? [] : [["idIndex", index.specification] as const];
    this.#changes?.defined(info, "create", Document.from([...told, ...options.fields()]));
    return info;
  }

  modify(namespace: Namespace, options: Document): void {
    const { info, bytes } = this.known(namespace);
    this.draft.put(nameOf(namespace), { ...storedParts(bytes), options });
    this.#changes?.modified(info, changedFields(info.options, options));
  }

  drop(namespace: Namespace): boolean {
    const entry = this.entry(namespace);
    if (!entry) return false;
    this.#dropEntry(entry);
    return true;
  }

  dropDatabase(database: string): readonly string[] {
    const dropped = [...this.entries().values()].filter(({ info }) => info.namespace.database === database);
    for (const entry of dropped) this.#dropEntry(entry);
    if (dropped.length > 0) this.#changes?.databaseDropped(database);
    return dropped.map(({ info }) => info.namespace.collection);
  }

  rename(from: Namespace, to: Namespace, dropTarget: boolean): void {
    const { info, bytes } = this.known(from);
    const target = this.entry(to);
    if (nameOf(from) === nameOf(to)) throw new MongoError("IllegalOperation", "Can't rename a collection to itself");
    if (target && !dropTarget) throw collectionExists(to);
    if (target) this.#dropEntry(target, false);
    this.draft.delete(nameOf(from));
    this.draft.put(nameOf(to), storedParts(bytes));
    this.#changes?.renamed(info, to, Document.from(target ? [["dropTarget", true]] : []));
  }

  createIndexes(namespace: Namespace, specifications: readonly Document[], built?: BuiltIndexes): readonly string[] {
    if (!this.entry(namespace)) this.create(namespace, emptyDocument);
    return addIndexes(this, this.known(namespace), specifications, built);
  }

  /** Numbers for indexes that are built apart, marked as doomed until the catalog takes them; undefined when the collection has fewer documents. */
  beginBuild(namespace: Namespace, specifications: readonly Document[], documents: number): BegunBuild | undefined {
    const entry = this.entry(namespace);
    return entry && entry.info.kind !== "view" ? beginBuild(this, entry, specifications, documents) : undefined;
  }

  modifyIndex(namespace: Namespace, name: string, specification: Document): void {
    changeIndex(this, this.known(namespace), name, specification);
  }

  dropIndex(namespace: Namespace, name: string): void {
    removeIndex(this, this.known(namespace), name);
  }

  /** @throws MongoError NamespaceNotFound */
  known(namespace: Namespace): CatalogEntry {
    const entry = this.entry(namespace);
    if (!entry) throw namespaceNotFound(namespace);
    return entry;
  }

  editor(entry: CatalogEntry): CollectionEditor {
    this.written.set(nameOf(entry.info.namespace), entry.bytes);
    return new CollectionEditor(this.edit, entry, this.countsOf(entry));
  }

  countsOf(entry: CatalogEntry): CollectionCounts {
    return this.counts.of(entry.number);
  }

  /** Writes the counts and the catalog's version: the last thing that a write does. */
  finish(changer: Changer, isWhole: boolean): void {
    this.counts.saveTo(changer);
    this.draft.saveTo(changer, isWhole);
  }

  protected override entries(): ReadonlyMap<string, CatalogEntry> {
    return this.draft.entries();
  }

  #dropEntry({ number, info, indexes }: CatalogEntry, isTold = true): void {
    this.draft.delete(nameOf(info.namespace));
    if (number !== 0) {
      const key = countsKey(number);
      const counts = this.#changer.get("catalog", key);
      if (counts) this.#changer.remove("catalog", key, counts);
      this.counts.forget(number);
      this.draft.doom(number, "records");
      for (const index of indexes) this.draft.doom(index.number, "entries");
    }
    if (isTold) this.#changes?.defined(info, "drop");
  }
}

/** A random UUID, version 4 (RFC 9562, section 5.4). */
function newUuid(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { type Cap, capOf } from "./cap.ts";
import type { CatalogEntry, CatalogIndex } from "./catalog-entry.ts";
import type { ChangeRecorder } from "./change-recorder.ts";
import { type CollectionCounts, indexCounts } from "./collection-counts.ts";
import { CollectionView } from "./collection-view.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { type EntryPlace, entryPlace } from "./entry-keys.ts";
import type { RecordIds } from "./record-ids.ts";
import { recordIdOf, recordKey, spanOf } from "./record-keys.ts";
import type { CollectionWriter, RecordId } from "./store.ts";
import type { Changer } from "./view.ts";

export interface EditContext {
  readonly changer: Changer;
  readonly recordIds: RecordIds;
  readonly changes: ChangeRecorder | undefined;
}

/** How the entries of a document in one index change. */
interface EntryChange {
  readonly index: CatalogIndex;
  readonly added: readonly EntryPlace[];
  readonly removed: readonly EntryPlace[];
  readonly isMultikey: boolean;
}

/** A collection that is written. Everything that can fail is looked at before the first change. */
export class CollectionEditor extends CollectionView implements CollectionWriter {
  readonly #context: EditContext;
  readonly #changer: Changer;
  readonly #cap: Cap | undefined;

  constructor(context: EditContext, entry: CatalogEntry, counts: CollectionCounts) {
    super(context.changer, entry, counts);
    this.#context = context;
    this.#changer = context.changer;
    this.#cap = capOf(entry.info.options);
  }

  insert(document: Document): RecordId {
    const id = this.#context.recordIds.next(this.entry.number, this.counts.nextId);
    const changes = this.entry.indexes.map((index) => this.#entryChange(index, id, undefined, document));
    this.counts.nextId = id + 1;
    const bytes = encodeDocument(document);
    this.#changer.put("records", recordKey(this.entry.number, id), bytes, undefined);
    this.#applyEntries(changes);
    this.counts.documents++;
    this.counts.bytes += bytes.length;
    this.#context.changes?.inserted(this.entry.info, document);
    if (this.#cap) this.#removeOldest(this.#cap);
    return id;
  }

  replace(id: RecordId, before: Document, after: Document, update?: Document): void {
    const [old, bytes] = [encodeDocument(before), encodeDocument(after)];
    const changes = this.entry.indexes.map((index) => this.#entryChange(index, id, before, after));
    this.#changer.put("records", recordKey(this.entry.number, id), bytes, old);
    this.#applyEntries(changes);
    this.counts.bytes += bytes.length - old.length;
    this.#context.changes?.replaced(this.entry.info, before, after, update);
  }

  remove(id: RecordId, before: Document): void {
    this.#removeQuietly(id, before);
    this.#context.changes?.removed(this.entry.info, before);
  }

  #removeQuietly(id: RecordId, before: Document): void {
    const changes = this.entry.indexes.map((index) => this.#entryChange(index, id, before, undefined));
    const bytes = encodeDocument(before);
    this.#changer.remove("records", recordKey(this.entry.number, id), bytes);
    this.#applyEntries(changes);
    this.counts.documents--;
    this.counts.bytes -= bytes.length;
  }

  /** Capped collections forget their oldest documents (manual, "Capped Collections"). */
  #removeOldest({ maxBytes, maxDocuments }: Cap): void {
    while (this.counts.documents > 1 && (this.counts.bytes > maxBytes || this.counts.documents > maxDocuments)) {
      const [oldest] = this.view.range("records", spanOf(this.entry.number));
      if (!oldest) return;
      this.#removeQuietly(recordIdOf(oldest.key), Document.read(oldest.value));
    }
  }

  /** @throws MongoError DuplicateKey */
  #entryChange(
    index: CatalogIndex,
    id: RecordId,
    before: Document | undefined,
    after: Document | undefined,
  ): EntryChange {
    const { number, info, keys } = index;
    const old = before ? keys.keysOf(before).keys : [];
    const now = after ? keys.keysOf(after) : { keys: [], isMultikey: false };
    const places = (list: readonly Buffer[]) => list.map((key) => entryPlace(number, info.isUnique, key, id));
    const fresh = old.length === 0 ? now.keys : without(now.keys, old);
    const added = places(fresh);
    if (info.isUnique && after) {
      for (const [at, place] of added.entries()) {
        if (!this.view.get("entries", place.key)) continue;
        const key = fresh[at] ?? place.key;
        throw duplicateKey(this.entry.info.namespace, info, keys.rowOf(after, key));
      }
    }
    const gone = now.keys.length === 0 || old.length === 0 ? old : without(old, now.keys);
    return { index, added, removed: places(gone), isMultikey: now.isMultikey };
  }

  #applyEntries(changes: readonly EntryChange[]): void {
    for (const { index, added, removed, isMultikey } of changes) {
      if (added.length === 0 && removed.length === 0) continue;
      const counts = indexCounts(this.counts, index.number);
      for (const { key, value } of removed) {
        this.#changer.remove("entries", key, value);
        counts.bytes -= key.length + value.length;
      }
      for (const { key, value } of added) {
        this.#changer.put("entries", key, value, undefined);
        counts.bytes += key.length + value.length;
      }
      counts.entries += added.length - removed.length;
      if (isMultikey) counts.isMultikey = true;
    }
  }
}

/** The keys that are not among the others. */
function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  if (keys.length === 1 && others.length === 1 && keys[0] && others[0]?.equals(keys[0])) return [];
  const names = new Set(others.map((key) => key.toString("latin1")));
  return keys.filter((key) => !names.has(key.toString("latin1")));
}

import { type CatalogCache, encodeVersion } from "./catalog.ts";
import { encodeCollection, readCollection, type StoredCollection } from "./catalog-codec.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { collectionKey, doomedKey, versionKey } from "./catalog-keys.ts";
import type { Changer } from "./view.ts";

/** The catalog while a write changes it. */
export class CatalogDraft {
  readonly #cache: CatalogCache;
  readonly #changer: Changer;
  #before: ReadonlyMap<string, CatalogEntry> | undefined;
  #entries: Map<string, CatalogEntry> | undefined;
  #isChanged = false;
  #hasDoomed = false;

  constructor(cache: CatalogCache, changer: Changer) {
    this.#cache = cache;
    this.#changer = changer;
  }

  /** Whether something has been doomed, or is if the write fails. */
  get hasDoomed(): boolean {
    return this.#hasDoomed;
  }

  /** An index is being built: if that fails, what is there of it has to be removed. */
  expectRemains(): void {
    this.#hasDoomed = true;
  }

  entries(): ReadonlyMap<string, CatalogEntry> {
    if (this.#entries) return this.#entries;
    this.#before ??= this.#cache.read(this.#changer).entries;
    return this.#before;
  }

  newNumber(): number {
    // Reading it makes sure that every number of the catalog is known.
    this.entries();
    return this.#cache.newNumber();
  }

  put(name: string, stored: StoredCollection): CatalogEntry {
    const key = collectionKey(name);
    const bytes = encodeCollection(stored);
    this.#changer.put("catalog", key, bytes, this.#changer.get("catalog", key));
    const entry = readCollection(name, bytes);
    this.#own().set(name, entry);
    return entry;
  }

  delete(name: string): void {
    const key = collectionKey(name);
    const before = this.#changer.get("catalog", key);
    if (before) this.#changer.remove("catalog", key, before);
    this.#own().delete(name);
  }

  /** What lies under this number is no longer wanted: the sweep removes it. */
  doom(number: number, table: "records" | "entries"): void {
    const key = doomedKey(number, table);
    this.#hasDoomed = true;
    this.#changer.put("catalog", key, Buffer.from([1]), this.#changer.get("catalog", key));
  }

  /** Gives the changed catalog its version, in `changer`. `isWhole` says that nobody else has changed it meanwhile. */
  saveTo(changer: Changer, isWhole: boolean): void {
    if (!this.#isChanged) return;
    const version = this.#cache.newVersion();
    const { lastNumber } = this.#cache;
    changer.put("catalog", versionKey, encodeVersion(version, lastNumber), changer.get("catalog", versionKey));
    if (isWhole && this.#entries) this.#cache.remember({ version, lastNumber, entries: this.#entries });
  }

  #own(): Map<string, CatalogEntry> {
    this.#isChanged = true;
    this.#entries ??= new Map(this.entries());
    return this.#entries;
  }
}

import { readCollection } from "./catalog-codec.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { allCollections, versionKey } from "./catalog-keys.ts";
import type { View } from "./view.ts";

/** All collections and views of one state. Never changes. */
export interface Catalog {
  readonly version: number;
  readonly lastNumber: number;
  /** By "database.collection". */
  readonly entries: ReadonlyMap<string, CatalogEntry>;
}

/** Reads catalogs; those of the newest versions stay in memory. A version is given once only, even when its commit failed. */
export class CatalogCache {
  readonly #known: Map<number, Catalog> = new Map();
  #lastVersion = 0;
  #lastNumber = 0;

  read(view: View): Catalog {
    const stored = view.get("catalog", versionKey);
    const version = stored?.readDoubleLE(0) ?? 0;
    const known = this.#known.get(version);
    if (known) return known;
    const lastNumber = stored?.readDoubleLE(8) ?? 0;
    const entries = new Map<string, CatalogEntry>();
    for (const { key, value } of view.range("catalog", allCollections)) {
      entries.set(key.toString("utf8", 1), readCollection(key.toString("utf8", 1), value));
    }
    return this.remember({ version, lastNumber, entries });
  }

  remember(catalog: Catalog): Catalog {
    this.#lastVersion = Math.max(this.#lastVersion, catalog.version);
    this.#lastNumber = Math.max(this.#lastNumber, catalog.lastNumber);
    this.#known.set(catalog.version, catalog);
    // Old snapshots read theirs again.
    const [oldest] = this.#known.keys();
    if (this.#known.size > 8 && oldest !== undefined) this.#known.delete(oldest);
    return catalog;
  }

  newVersion(): number {
    return ++this.#lastVersion;
  }

  /** A number for a collection or an index. */
  newNumber(): number {
    return ++this.#lastNumber;
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }
}

export function encodeVersion(version: number, lastNumber: number): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeDoubleLE(version, 0);
  bytes.writeDoubleLE(lastNumber, 8);
  return bytes;
}

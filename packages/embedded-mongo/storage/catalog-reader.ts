import type { Catalog, CatalogCache } from "./catalog.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { CountsBook } from "./collection-counts.ts";
import { CollectionView, infoWithCounts } from "./collection-view.ts";
import { nameOf } from "./mongo-errors.ts";
import type { CollectionInfo, CollectionReader, Namespace, Reader } from "./store.ts";
import type { View } from "./view.ts";

/** One state of all databases. */
export class CatalogReader implements Reader {
  protected readonly view: View;
  protected readonly counts: CountsBook;
  readonly #cache: CatalogCache;
  #catalog: Catalog | undefined;

  constructor(view: View, cache: CatalogCache) {
    this.view = view;
    this.#cache = cache;
    this.counts = new CountsBook(view);
  }

  databases(): readonly string[] {
    const names = new Set<string>();
    for (const { info } of this.entries().values()) names.add(info.namespace.database);
    return [...names].sort();
  }

  collections(database: string): readonly CollectionInfo[] {
    const infos: CollectionInfo[] = [];
    for (const entry of this.entries().values()) {
      if (entry.info.namespace.database === database) infos.push(this.#infoOf(entry));
    }
    return infos.sort((a, b) => (a.namespace.collection < b.namespace.collection ? -1 : 1));
  }

  info(namespace: Namespace): CollectionInfo | undefined {
    const entry = this.entry(namespace);
    return entry && this.#infoOf(entry);
  }

  open(namespace: Namespace): CollectionReader | undefined {
    const entry = this.entry(namespace);
    if (!entry || entry.info.kind === "view") return undefined;
    return new CollectionView(this.view, entry, this.counts.of(entry.number));
  }

  protected entries(): ReadonlyMap<string, CatalogEntry> {
    this.#catalog ??= this.#cache.read(this.view);
    return this.#catalog.entries;
  }

  protected entry(namespace: Namespace): CatalogEntry | undefined {
    return this.entries().get(nameOf(namespace));
  }

  #infoOf(entry: CatalogEntry): CollectionInfo {
    return entry.info.kind === "view" ? entry.info : infoWithCounts(entry, this.counts.of(entry.number));
  }
}

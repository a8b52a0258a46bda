import type { IndexKeys } from "./index-keys.ts";
import type { CollectionInfo, IndexInfo } from "./store.ts";

/** An index with its number in `entries`. */
export interface CatalogIndex {
  readonly number: number;
  readonly info: IndexInfo;
  readonly keys: IndexKeys;
}

/** A collection with its number in `records`; a view has the number 0. */
export interface CatalogEntry {
  readonly number: number;
  /** As far as the catalog knows: whether its indexes are multikey is among the counts. */
  readonly info: CollectionInfo;
  readonly indexes: readonly CatalogIndex[];
  /** As it is stored. */
  readonly bytes: Buffer;
}

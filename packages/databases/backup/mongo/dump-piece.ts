import type { CollectionMetadata, Namespace } from "./collection-metadata.ts";

/**
 * What a dump has, in the order in which it can be loaded: a collection is announced before its documents come. A time series' documents are those of its
 * buckets where its metadata says so.
 */
export type DumpPiece =
  | { readonly kind: "collection"; readonly namespace: Namespace; readonly metadata: CollectionMetadata }
  | { readonly kind: "documents"; readonly namespace: Namespace; readonly documents: readonly Buffer[] }
  | { readonly kind: "end"; readonly namespace: Namespace };

const bucketPrefix = "system.buckets.";

/** The collection that documents belong to: those of buckets to their time series. */
export function ownerOf({ database, name }: Namespace): Namespace {
  return { database, name: name.startsWith(bucketPrefix) ? name.slice(bucketPrefix.length) : name };
}

/** Where a time series of this name has its documents, on a server that has buckets. */
export const bucketsOf = (name: string): string => `${bucketPrefix}${name}`;

/** `shop.orders`. */
export const fullName = ({ database, name }: Namespace): string => `${database}.${name}`;

import type { IndexInfo, KeyRange } from "../storage/store.ts";
import type { Value } from "../values/document.ts";

/** Values of one field of an index, from a lower end to an upper one in MongoDB's order of values. */
export interface Interval {
  readonly from: Value;
  readonly isFromIncluded: boolean;
  readonly to: Value;
  readonly isToIncluded: boolean;
}

/** The intervals of one field of an index, in ascending order and apart from each other. */
export interface FieldBounds {
  readonly path: string;
  readonly intervals: readonly Interval[];
}

/** Entries of one index, by ranges in the order in which they are read. */
export interface IndexScan {
  readonly kind: "index";
  readonly index: IndexInfo;
  readonly bounds: readonly FieldBounds[];
  readonly ranges: readonly KeyRange[];
  readonly isReverse: boolean;
  /** Whether every document in the ranges matches the whole filter, so that entries may be counted without their documents. */
  readonly isExact: boolean;
}

/** Where the records of a query come from; each record comes once. */
export type Access =
  | { readonly kind: "nothing" }
  /** The one document with this `_id`. */
  | { readonly kind: "id"; readonly id: Value }
  | { readonly kind: "collection"; readonly isReverse: boolean }
  | IndexScan
  /** Any of several scans: the branches of an `$or`. */
  | { readonly kind: "union"; readonly scans: readonly IndexScan[] };

/** How a query is answered. Every record is matched again after it was read, unless the scan is exact and only counted. */
export interface Plan {
  readonly access: Access;
  /** Whether records come in the order that the query's sort asks for. */
  readonly isSorted: boolean;
}

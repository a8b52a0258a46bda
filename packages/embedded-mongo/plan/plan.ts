import type { Near } from "../match/geo/near.ts";
import type { IndexInfo, KeyRange } from "../storage/store.ts";
import type { Document, Value } from "../values/document.ts";

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
  /**
   * The ranges are read side by side, in as many groups as there are numbers, and merged by what is behind so many bytes of their keys: each
   * group has other values of the first fields, and is in the order of the later ones.
   */
  readonly mergedBehind?: readonly number[] | undefined;
}

/** The words of a `$text` in its index; the records have more to meet than one of these. */
export interface TextScan {
  readonly kind: "text";
  readonly index: IndexInfo;
  readonly search: Document;
  /** Of the search's words; the index's where the search names none. */
  readonly language: string;
  readonly terms: readonly string[];
  readonly ranges: readonly KeyRange[];
}

/** Records by their distance from a point, the nearest first. */
export interface NearScan {
  readonly kind: "near";
  readonly index: IndexInfo;
  readonly path: string;
  readonly operator: "$near" | "$nearSphere";
  readonly argument: Value;
  readonly near: Near;
}

/** Where the records of a query come from; each record comes once. */
export type Access =
  | { readonly kind: "nothing" }
  /** The one document with this `_id`. */
  | { readonly kind: "id"; readonly id: Value }
  | { readonly kind: "collection"; readonly isReverse: boolean }
  | IndexScan
  /** Any of several scans: the branches of an `$or`. */
  | { readonly kind: "union"; readonly scans: readonly IndexScan[] }
  | TextScan
  | NearScan;

/** How a query is answered. Every record is matched again after it was read, unless the scan is exact and only counted. */
export interface Plan {
  readonly access: Access;
  /** Whether records come in the order that the query's sort asks for. */
  readonly isSorted: boolean;
}

import type { Collation } from "../collation/collation.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document, Value } from "../values/document.ts";

/** The values that a document sorts by, one a part of the sort. */
export type SortKey = readonly Value[];

/** A sort specification, compiled. */
export interface SortOrder {
  /** The parts: a path and its direction; `meta` for `{ $meta: "textScore" }`, where the path is the field's name. */
  readonly parts: readonly SortPart[];
  /** Extracts what a document sorts by: an array gives its least or greatest element, a missing field null. */
  key(document: Document): SortKey;
  compareKeys(left: SortKey, right: SortKey): number;
  /** Compares two documents; for many, extract the keys once. */
  compare(left: Document, right: Document): number;
}

export interface SortPart {
  readonly path: string;
  readonly direction: 1 | -1;
  readonly meta: string | undefined;
}

/** Compiles a sort. `meta` tells a document's metadata by its name. @throws MongoError BadValue and others for a malformed one */
export function compileSort(
  _sort: Document,
  _collation?: Collation,
  _meta?: (document: Document, name: string) => Value | undefined,
): SortOrder {
  throw new MongoError("InternalError", "sorts are not compiled yet");
}

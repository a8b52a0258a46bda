import { MongoError } from "../errors/mongo-error.ts";
import type { Document, Value } from "../values/document.ts";
import { geoCells } from "./geo-rows.ts";
import { type IndexRow, type IndexRows, indexRows } from "./index-rows.ts";
import type { IndexDirection, IndexInfo } from "./store.ts";
import { textTerms } from "./text-rows.ts";
import { wildcardPairs } from "./wildcard-rows.ts";

/** The parts of an index key that one or more of its fields give. */
export interface KeyParts {
  readonly rows: readonly IndexRow[];
  readonly isMultikey: boolean;
}

/** An index whose key parts are not the values at its paths. */
export interface SpecialIndex {
  /** Of each part of a key. */
  readonly directions: readonly IndexDirection[];
  rowsOf(document: Document): IndexRows;
}

/** How some fields of the index make parts: `width` of them in each row; no rows leave the document out. */
interface PartMaker {
  readonly directions: readonly IndexDirection[];
  partsOf(document: Document): KeyParts;
}

/** Wildcard, text, geographic and hashed indexes, also with plain fields beside; undefined for an index of plain fields. */
export function specialIndex(info: IndexInfo): SpecialIndex | undefined {
  if (info.key.every(([path, kind]) => (kind === 1 || kind === -1) && !isWildcard(path) && path !== "_ftsx"))
    return undefined;
  const makers: PartMaker[] = [];
  const texts = textTerms(info);
  let isTextMade = false;
  for (const [path, kind] of info.key) {
    if (kind === "text" || path === "_ftsx") {
      if (!isTextMade) makers.push({ directions: [1], partsOf: (document) => asRows(texts(document)) });
      isTextMade = true;
    } else if (kind === "2dsphere" || kind === "2d") {
      makers.push({ directions: [1], partsOf: (document) => asRows(geoCells(document, path, info)) });
    } else if (isWildcard(path)) {
      makers.push({ directions: [1, kind], partsOf: wildcardPairs(path, info) });
    } else {
      makers.push({ directions: [kind], partsOf: plainParts(path, kind) });
    }
  }
  return {
    directions: makers.flatMap(({ directions }) => directions),
    rowsOf: (document) => product(makers, document),
  };
}

function plainParts(path: string, kind: IndexDirection): PartMaker["partsOf"] {
  const paths = [path.split(".")];
  return (document) => {
    const parts = indexRows(document, paths);
    if (kind === "hashed" && parts.isMultikey) {
      const message = `Error: hashed indexes do not currently support array values. Found array at path: ${path}`;
      throw new MongoError(16766, message);
    }
    return parts;
  };
}

const isWildcard = (path: string): boolean => path === "$**" || path.endsWith(".$**");

const asRows = (values: readonly Value[]): KeyParts => ({
  rows: values.map((value) => [value]),
  isMultikey: values.length > 1,
});

function product(makers: readonly PartMaker[], document: Document): IndexRows {
  let rows: readonly IndexRow[] = [[]];
  let isMultikey = false;
  for (const maker of makers) {
    const parts = maker.partsOf(document);
    isMultikey ||= parts.isMultikey;
    rows = rows.flatMap((row) => parts.rows.map((each) => [...row, ...each]));
  }
  return { rows, isMultikey };
}

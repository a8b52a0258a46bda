import { parseCollation } from "../collation/collation.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import type { Document } from "../values/document.ts";
import { DateValue } from "../values/scalars.ts";
import { type IndexRow, type IndexRows, indexRows } from "./index-rows.ts";
import { writeKeyPart } from "./key-encoding.ts";
import { KeySink } from "./key-sink.ts";
import { specialIndex } from "./special-rows.ts";
import type { IndexInfo } from "./store.ts";

/** The keys of a document in one index: no two alike. */
export interface KeySet {
  readonly keys: readonly Buffer[];
  readonly isMultikey: boolean;
}

/** Makes an index's keys from documents. */
export interface IndexKeys {
  /** @throws MongoError CannotIndexParallelArrays and others for documents that cannot be indexed */
  keysOf(document: Document): KeySet;
  /** The values of the key with these bytes. */
  rowOf(document: Document, key: Buffer): IndexRow;
}

const none: KeySet = { keys: [], isMultikey: false };

/** Compiles an index to the function that makes its keys. @throws MongoError for a partial filter that cannot be parsed */
export function compileIndexKeys(info: IndexInfo): IndexKeys {
  const strings = parseCollation(info.collation);
  const isIncluded = partialFilter(info);
  const special = specialIndex(info);
  const rowsOf = special ? special.rowsOf : compileRows(info);
  const directions = special?.directions ?? info.key.map(([, direction]) => direction);
  const encode = (row: IndexRow): Buffer => {
    sink.length = 0;
    for (let at = 0; at < row.length; at++) writeKeyPart(sink, row[at], directions[at] ?? 1, strings);
    return sink.take();
  };
  return {
    keysOf(document) {
      if (!isIncluded(document)) return none;
      const { rows, isMultikey } = rowsOf(document);
      return { keys: distinct(rows.map(encode)), isMultikey };
    },
    rowOf: (document, key) => rowsOf(document).rows.find((row) => encode(row).equals(key)) ?? [],
  };
}

const sink = new KeySink();

function compileRows(info: IndexInfo): (document: Document) => IndexRows {
  const paths = info.key.map(([path]) => path.split("."));
  if (!info.isSparse) return (document) => indexRows(document, paths);
  return (document) => {
    const { rows, isMultikey } = indexRows(document, paths);
    return { rows: rows.filter((row) => row.some((value) => value !== undefined)), isMultikey };
  };
}

function partialFilter({ partialFilter }: IndexInfo): (document: Document) => boolean {
  if (!partialFilter) return () => true;
  const options = { now: new DateValue(0) };
  const matcher = compileMatcher(parseFilter(partialFilter, options), options);
  return (document) => matcher.matches(document);
}

function distinct(keys: readonly Buffer[]): readonly Buffer[] {
  if (keys.length < 2) return keys;
  return [...new Map(keys.map((key) => [key.toString("latin1"), key])).values()];
}

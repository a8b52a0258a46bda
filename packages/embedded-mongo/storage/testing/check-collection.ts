import { expect } from "vitest";
import type { Document } from "../../values/document.ts";
import { indexRows } from "../index-rows.ts";
import { encodeKeyPart } from "../key-encoding.ts";
import type { CollectionReader, IndexEntry, IndexInfo } from "../store.ts";

/** The documents by `_id`, and every index in both directions and from each of its entries on, are what reading everything says. */
export function checkCollection(collection: CollectionReader, model: ReadonlyMap<number, Document>): void {
  expect(collection.validate()).toEqual([]);
  expect(collection.count()).toBe(model.size);
  const documents = [...collection.scan()].map(({ document }) => [...document.fields()]);
  expect(documents).toHaveLength(model.size);
  expect([...collection.scan({ isReverse: true })].map(({ document }) => [...document.fields()])).toEqual(
    documents.reverse(),
  );
  for (const index of collection.info.indexes) {
    const wanted = entriesOf(collection, index);
    const everything = { from: undefined, isFromIncluded: true, to: undefined, isToIncluded: true };
    const forwards = [...collection.scanIndex(index.name, everything)];
    expect(forwards.map(show)).toEqual(wanted.map(show));
    const backwards = [...collection.scanIndex(index.name, everything, { isReverse: true })];
    expect(backwards.map(show)).toEqual(wanted.map(show).reverse());
    expect(collection.indexSize(index.name).entries).toBe(wanted.length);
    checkRanges(collection, index, wanted);
  }
}

const show = ({ key, id: record }: IndexEntry): string => `${key.toString("hex")} ${record}`;

/** Each entry as the end of a range, and as the one to go on behind. */
function checkRanges(collection: CollectionReader, { name }: IndexInfo, wanted: readonly IndexEntry[]): void {
  for (const [at, entry] of wanted.entries()) {
    const from = { from: entry.key, isFromIncluded: at % 2 === 0, to: undefined, isToIncluded: true };
    const behind = wanted.filter(({ key }) => Buffer.compare(key, entry.key) >= (from.isFromIncluded ? 0 : 1));
    expect([...collection.scanIndex(name, from)].map(show)).toEqual(behind.map(show));
    const to = { from: undefined, isFromIncluded: true, to: entry.key, isToIncluded: at % 2 === 0 };
    const before = wanted.filter(({ key }) => Buffer.compare(key, entry.key) <= (to.isToIncluded ? 0 : -1));
    expect([...collection.scanIndex(name, to)].map(show)).toEqual(before.map(show));
    const open = { from: undefined, isFromIncluded: true, to: undefined, isToIncluded: true };
    const rest = [...collection.scanIndex(name, open, { after: entry })];
    expect(rest.map(show)).toEqual(wanted.slice(at + 1).map(show));
    const reversed = [...collection.scanIndex(name, open, { after: entry, isReverse: true })];
    expect(reversed.map(show)).toEqual(wanted.slice(0, at).reverse().map(show));
  }
}

/** What an index should hold, by reading everything. */
function entriesOf(collection: CollectionReader, info: IndexInfo): readonly IndexEntry[] {
  const paths = info.key.map(([path]) => path.split("."));
  const entries: IndexEntry[] = [];
  for (const { id: record, document } of collection.scan()) {
    const a = document.get("a");
    const elements = Array.isArray(a) ? a : [a];
    if (info.partialFilter && !elements.some((each) => isAboveTwo(each))) continue;
    const keysOfRecord = new Map<string, Buffer>();
    for (const row of indexRows(document, paths).rows) {
      if (info.isSparse && row.every((each) => each === undefined)) continue;
      const key = Buffer.concat(row.map((each, at) => encodeKeyPart(each, info.key[at]?.[1] ?? 1)));
      keysOfRecord.set(key.toString("hex"), key);
    }
    for (const key of keysOfRecord.values()) entries.push({ key, id: record });
  }
  return entries.sort((left, right) => Buffer.compare(left.key, right.key) || left.id - right.id);
}

const isAboveTwo = (each: unknown): boolean =>
  typeof each === "object" && each !== null && "value" in each && typeof each.value === "number" && each.value > 2;

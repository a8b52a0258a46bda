import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { indexRows } from "./index-rows.ts";
import { encodeKeyPart } from "./key-encoding.ts";
import { openStore } from "./open-store.ts";
import type { CollectionReader, CollectionWriter, IndexEntry, IndexInfo, Store } from "./store.ts";

let directory = "";
let store: Store;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "drydock-random-"));
  store = await openStore({ directory, isReplicaSet: true, clock: systemClock, log: () => {} });
});

afterAll(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));

/** Strings that are too long for a key, alike for long. */
const longText = fc.constantFrom("a", "b", "", "c").map((end) => "x".repeat(2500) + end);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map(int32),
  fc.constantFrom<Value>("a", "b", null, true, 1.5),
  longText,
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  scalar.map((inner) => doc({ c: inner })),
);
const fields = fc.record({ a: value, b: value }, { requiredKeys: [] }).map((given): Record<string, Value> => {
  const set: Record<string, Value> = {};
  for (const [name, each] of Object.entries(given)) if (each !== undefined) set[name] = each;
  return set;
});

type Step =
  | { readonly kind: "insert" | "replace"; readonly id: number; readonly fields: Record<string, Value> }
  | { readonly kind: "remove"; readonly id: number }
  | { readonly kind: "index"; readonly specification: Document }
  | { readonly kind: "dropIndex"; readonly name: string };

const id = fc.integer({ min: 0, max: 8 });
const keys = fc.constantFrom<Record<string, number>>(
  { a: 1 },
  { a: -1 },
  { a: 1, b: -1 },
  { b: -1, a: 1 },
  { "a.c": 1 },
);
const options = fc.constantFrom<Record<string, Value>>(
  {},
  { unique: true },
  { sparse: true },
  { unique: true, sparse: true },
  { partialFilterExpression: doc({ a: doc({ $gt: int32(2) }) }) },
);
const specification = fc.tuple(keys, options).map(([key, given]) => {
  const pattern = doc(Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, int32(direction)])));
  return doc({ key: pattern, name: `${JSON.stringify(key)}${Object.keys(given)}`, ...given });
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("insert" as const, "replace" as const), id, fields }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("index" as const), specification }) },
  {
    weight: 1,
    arbitrary: specification.map((each) => ({ kind: "dropIndex" as const, name: String(each.get("name")) })),
  },
);

let number = 0;

test("whatever is written, documents and every index hold exactly what a plain model says", async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, isInTransaction) => {
    const namespace = { database: "d", collection: `c${number++}` };
    const model = new Map<number, Document>();
    await store.write((writer) => writer.openOrCreate(namespace));
    for (const each of steps) {
      const isDefinition = each.kind === "index" || each.kind === "dropIndex";
      const transaction = isInTransaction && !isDefinition ? store.begin() : undefined;
      try {
        if (transaction) {
          const collection = transaction.open(namespace);
          if (collection) apply(collection, each, model);
          await transaction.commit();
        } else {
          await store.write((writer) => {
            if (each.kind === "index") writer.createIndexes(namespace, [each.specification]);
            else if (each.kind === "dropIndex") writer.dropIndex(namespace, each.name);
            const collection = writer.open(namespace);
            if (collection) apply(collection, each, model);
          });
        }
      } catch (error) {
        transaction?.abort();
        if (!(error instanceof MongoError)) throw error;
        expect(["DuplicateKey", "CannotIndexParallelArrays", "IndexNotFound"]).toContain(error.codeName);
      }
    }
    const snapshot = store.snapshot();
    const collection = snapshot.open(namespace);
    if (collection) check(collection, model);
    snapshot.close();
    await store.write((writer) => writer.drop(namespace));
  });
  await fc.assert(property, { numRuns: 150 });
});

/** The model changes only where the store did not throw. */
function apply(collection: CollectionWriter, step: Step, model: Map<number, Document>): void {
  if (step.kind === "index" || step.kind === "dropIndex") return;
  const found = collection.findId(int32(step.id));
  expect(found?.document.get("_id")).toEqual(model.get(step.id)?.get("_id"));
  if (step.kind === "remove") {
    if (!found) return;
    collection.remove(found.id, found.document);
    model.delete(step.id);
    return;
  }
  const document = doc({ _id: int32(step.id), ...step.fields });
  if (step.kind === "replace") {
    if (!found) return;
    collection.replace(found.id, found.document, document);
  } else {
    collection.insert(document);
  }
  model.set(step.id, document);
}

function check(collection: CollectionReader, model: ReadonlyMap<number, Document>): void {
  expect(collection.validate()).toEqual([]);
  expect(collection.count()).toBe(model.size);
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

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Document } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import type { CollectionReader, CollectionWriter, Store } from "./store.ts";
import { doc } from "./testing/random-steps.ts";

const namespace = { database: "d", collection: "c" };
const byA = doc({ key: doc({ a: int32(1), b: int32(-1) }), name: "byA" });
const uniqueB = doc({ key: doc({ b: int32(1) }), name: "uniqueB", unique: true });
const count = 3_000;

let store: Store;
let directory: string | undefined;
const open = () =>
  openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {}, largeCollection: 1000 });
beforeEach(async ({ task }) => {
  directory = task.name.includes("server that ended") ? mkdtempSync(join(tmpdir(), "drydock-build-")) : undefined;
  store = await open();
  await store.write((writer) => {
    const collection = writer.openOrCreate(namespace);
    for (let id = 0; id < count; id++) collection.insert(item(id, id % 100, id));
  });
});
afterEach(async () => {
  await store.close();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

const item = (id: number, a: number, b: number): Document =>
  doc({ _id: int32(id), a: id % 3 === 0 ? [int32(a), int32(a + 1)] : int32(a), b: int32(b) });

function change(collection: CollectionWriter | undefined, id: number, after: Document | undefined): void {
  const found = collection?.findId(int32(id));
  if (found && after) collection?.replace(found.id, found.document, after);
  else if (found) collection?.remove(found.id, found.document);
  else if (after) collection?.insert(after);
}

function look<T>(work: (collection: CollectionReader | undefined) => T): T {
  const snapshot = store.snapshot();
  try {
    return work(snapshot.open(namespace));
  } finally {
    snapshot.close();
  }
}

/** Builds the indexes, with `meanwhile` at each pause, and gives them to the catalog. */
async function build(specifications: readonly Document[], meanwhile: (pause: number) => Promise<void>): Promise<void> {
  let pauses = 0;
  const built = await store.buildIndexes(namespace, specifications, () => meanwhile(pauses++));
  expect(built).toBeDefined();
  expect(pauses).toBeGreaterThan(10);
  const taken = store.write((writer) => writer.createIndexes(namespace, specifications, built));
  await taken.finally(() => built?.release());
}

test("indexes that are built while others write are what reading everything says", async () => {
  await build([byA, uniqueB], async (pause) => {
    const id = (pause * 131) % count;
    await store.write((writer) => change(writer.open(namespace), id, item(id, 500 + pause, count + pause)));
    await store.write((writer) => change(writer.open(namespace), (id + 7) % count, undefined));
    const transaction = store.begin();
    change(transaction.open(namespace), count + pause, item(count + pause, 7, 3 * count + pause));
    change(transaction.open(namespace), (id + 9) % count, item((id + 9) % count, 8, 5 * count + pause));
    await transaction.commit();
    // What is undone changes nothing.
    const undone = store.write((writer) => {
      change(writer.open(namespace), (id + 11) % count, undefined);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
  });
  look((collection) => {
    expect(collection?.validate()).toEqual([]);
    expect(collection?.info.indexes.map(({ name, isMultikey }) => [name, isMultikey])).toEqual([
      ["_id_", false],
      ["byA", true],
      ["uniqueB", false],
    ]);
    expect(collection?.indexSize("uniqueB").entries).toBe(collection?.count());
  });
  await store.write((writer) => change(writer.open(namespace), 5, item(5, 1, 9 * count)));
  look((collection) => expect(collection?.validate()).toEqual([]));
});

test("a value that comes twice while a unique index is built is found, and one that is gone again is not", async () => {
  const twice = item(count, 1, 5);
  const withTwice = (pause: number) =>
    store.write((writer) => pause === 3 && change(writer.open(namespace), count, twice));
  const refused = build([uniqueB], async (pause) => void (await withTwice(pause)));
  await expect(refused).rejects.toMatchObject({ codeName: "DuplicateKey" });
  look((collection) => expect(collection?.info.indexes).toHaveLength(1));
  // It is in the snapshot, and removed before the end: there are no two of it when the index is there.
  await build([uniqueB, byA], async (pause) => {
    if (pause === 3) await store.write((writer) => change(writer.open(namespace), count, undefined));
  }).catch(() => store.write((writer) => writer.createIndexes(namespace, [uniqueB, byA])));
  look((collection) => {
    expect(collection?.info.indexes).toHaveLength(3);
    expect(collection?.validate()).toEqual([]);
  });
});

test("what was built of a collection that is dropped meanwhile is not taken, and removed", async () => {
  await build([byA], async (pause) => {
    if (pause !== 5) return;
    await store.write((writer) => writer.drop(namespace));
    await store.write((writer) => writer.openOrCreate(namespace).insert(item(1, 2, 3)));
  });
  look((collection) => {
    expect(collection?.indexSize("byA").entries).toBe(1);
    expect(collection?.validate()).toEqual([]);
  });
  await eventually(async () => look((collection) => collection?.count()) === 1);
});

test("what a server that ended has built and not taken is removed, and its numbers are not given again", async () => {
  expect(await store.buildIndexes(namespace, [byA, uniqueB], () => undefined)).toBeDefined();
  await store.close();
  store = await open();
  await store.write((writer) => writer.createIndexes(namespace, [uniqueB]));
  await store.write((writer) => change(writer.open(namespace), 3, item(3, 4, 9 * count)));
  const isClean = async () => look((collection) => collection?.validate().length === 0);
  await eventually(isClean);
  look((collection) => expect(collection?.indexSize("uniqueB").entries).toBe(count));
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

let directory = "";
let store: Store;
const opened = () => openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {} });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "drydock-store-"));
  store = await opened();
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const namespace = { database: "shop", collection: "orders" };
const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));
const spec = (key: Record<string, Value>, options: Record<string, Value> = {}) => doc({ key: doc(key), ...options });

/** What a snapshot sees of the collection. */
function read(): readonly Record<string, Value>[] {
  const snapshot = store.snapshot();
  try {
    const records = snapshot.open(namespace)?.scan() ?? [];
    return [...records].map(({ document }) => Object.fromEntries(document.fields()));
  } finally {
    snapshot.close();
  }
}

test("what was written is there after the write, and after opening again", async () => {
  await store.write((writer) => {
    const orders = writer.openOrCreate(namespace);
    for (let number = 1; number <= 1000; number++) orders.insert(doc({ _id: int32(number), text: "x".repeat(number) }));
  });
  expect(read()).toHaveLength(1000);
  await store.close();
  store = await opened();
  expect(read()).toHaveLength(1000);
  const snapshot = store.snapshot();
  const orders = snapshot.open(namespace);
  expect(orders?.count()).toBe(1000);
  expect(orders?.findId(7)?.document.get("text")).toBe("xxxxxxx");
  expect(orders?.findId(1001)).toBeUndefined();
  expect(orders?.validate()).toEqual([]);
  expect(snapshot.databases()).toEqual(["shop"]);
  snapshot.close();
});

test("a snapshot does not see what comes after it", async () => {
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: 1 })));
  const before = store.snapshot();
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: 2 })));
  await store.write((writer) => writer.drop(namespace));
  expect([...(before.open(namespace)?.scan() ?? [])]).toHaveLength(1);
  before.close();
  expect(read()).toEqual([]);
});

test("what a write throws undoes what it has written, and nothing else", async () => {
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: 1 })));
  const failing = store.write((writer) => {
    const orders = writer.openOrCreate(namespace);
    orders.insert(doc({ _id: 2 }));
    const first = orders.findId(1);
    if (first) orders.replace(first.id, first.document, doc({ _id: 1, a: true }));
    writer.create({ database: "shop", collection: "other" }, emptyDocument);
    throw new Error("enough");
  });
  const beside = store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: 3 })));
  await expect(failing).rejects.toThrow("enough");
  await beside;
  expect(read()).toEqual([{ _id: 1 }, { _id: 3 }]);
  const snapshot = store.snapshot();
  expect(snapshot.collections("shop").map((info) => info.namespace.collection)).toEqual(["orders"]);
  expect(snapshot.open(namespace)?.validate()).toEqual([]);
  snapshot.close();
});

test("a second document with the same unique value is refused in MongoDB's words", async () => {
  await store.write((writer) => {
    writer.createIndexes(namespace, [spec({ name: int32(1) }, { unique: true })]);
    writer.openOrCreate(namespace).insert(doc({ _id: int32(1), name: "a" }));
  });
  const second = store.write((writer) => writer.open(namespace)?.insert(doc({ _id: int32(2), name: "a" })));
  await expect(second).rejects.toMatchObject({
    code: 11000,
    message: 'E11000 duplicate key error collection: shop.orders index: name_1 dup key: { name: "a" }',
  });
  const sameId = store.write((writer) => writer.open(namespace)?.insert(doc({ _id: 1, name: "b" })));
  await expect(sameId).rejects.toMatchObject({ message: expect.stringContaining("index: _id_ dup key: { _id: 1.0 }") });
  expect(read()).toEqual([{ _id: int32(1), name: "a" }]);
});

test("of a long text that comes twice the message has the beginning, and keyValue all", async () => {
  const name = "é".repeat(80);
  const insert = (id: number) => store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: id, name })));
  await store.write((writer) => writer.createIndexes(namespace, [spec({ name: int32(1) }, { unique: true })]));
  await insert(1);
  const refusal = await insert(2).catch((error) => error);
  expect(refusal.message).toContain(`dup key: { name: "${"é".repeat(75)}..." }`);
  expect(new Map(refusal.fields).get("keyValue")).toEqual(doc({ name }));
});

test("reading what was closed is refused, and a writer that was kept changes nothing", async () => {
  const kept = await store.write((writer) => {
    const orders = writer.openOrCreate(namespace);
    for (let id = 0; id < 1000; id++) orders.insert(doc({ _id: id }));
    return orders;
  });
  expect(() => kept.insert(doc({ _id: -1 }))).toThrow("after its write");
  const snapshot = store.snapshot();
  const records = snapshot.open(namespace)?.scan()[Symbol.iterator]();
  expect(records?.next().value?.document.get("_id")).toBe(0);
  await store.close();
  const readOn = () => {
    while (records && !records.next().done);
  };
  expect(readOn).toThrow("shutting down");
  snapshot.close();
  expect(() => store.snapshot()).toThrow("shutting down");
  await expect(store.write(() => 1)).rejects.toMatchObject({ codeName: "InterruptedAtShutdown" });
  store = await opened();
  expect(read()).toHaveLength(1000);
});

test("snapshots that lie far back stay readable while the data grow", async () => {
  const snapshots = [];
  for (let part = 0; part < 20; part++) {
    await store.write((writer) => {
      const orders = writer.openOrCreate(namespace);
      for (let id = 0; id < 200; id++) orders.insert(doc({ _id: part * 1000 + id, text: "x".repeat(1000) }));
    });
    snapshots.push(store.snapshot());
  }
  await store.write((writer) => writer.drop(namespace));
  const counts = snapshots.map((snapshot) => [...(snapshot.open(namespace)?.scan() ?? [])].length);
  expect(counts).toEqual(snapshots.map((_, part) => (part + 1) * 200));
  for (const snapshot of snapshots) snapshot.close();
});

test("documents of up to 16 MB come back as they were", async () => {
  const sizes = [10, 32_767, 32_768, 100_000, 5_000_000, 16_000_000];
  await store.write((writer) => {
    for (const size of sizes) writer.openOrCreate(namespace).insert(doc({ _id: size, text: "y".repeat(size) }));
  });
  expect(read().map(({ text }) => String(text).length)).toEqual(sizes);
  await store.flushed();
});

test("what was acknowledged is seen by the next snapshot, whoever else writes; being on the disk comes after it", async () => {
  await store.write((writer) => writer.openOrCreate(namespace));
  const order: string[] = [];
  const write = store.write((writer) => writer.open(namespace)?.insert(doc({ _id: "first" })));
  await Promise.all([
    write.then(() => order.push("committed")),
    write.then(() => store.flushed()).then(() => order.push("flushed")),
  ]);
  expect(order).toEqual(["committed", "flushed"]);
  const seen = await Promise.all(
    Array.from({ length: 10 }, async (_, side) => {
      let found = 0;
      for (let number = 0; number < 50; number++) {
        const id = `${side}-${number}`;
        await store.write((writer) => writer.open(namespace)?.insert(doc({ _id: id })));
        const snapshot = store.snapshot();
        if (snapshot.open(namespace)?.findId(id)) found++;
        snapshot.close();
      }
      return found;
    }),
  );
  expect(seen).toEqual(new Array(10).fill(50));
});

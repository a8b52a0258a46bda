import { systemClock } from "@drydock/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyDocument } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import type { Reader, Store, Writer } from "./store.ts";
import { doc } from "./testing/random-steps.ts";

let store: Store;
const namespace = { database: "d", collection: "c" };

beforeEach(async () => {
  store = await openStore({ directory: undefined, isReplicaSet: true, clock: systemClock, log: () => {} });
  await store.write((writer) => {
    writer.createIndexes(namespace, [doc({ key: doc({ a: int32(1) }), unique: true, sparse: true })]);
    const collection = writer.openOrCreate(namespace);
    for (let id = 1; id <= 3; id++) collection.insert(doc({ _id: int32(id), a: int32(id) }));
  });
});

afterEach(() => store.close());

function set(writer: Writer, id: number, fields: Parameters<typeof doc>[0]): void {
  const collection = writer.open(namespace);
  const found = collection?.findId(int32(id));
  if (found) collection?.replace(found.id, found.document, doc({ _id: int32(id), ...fields }));
}

const storedValue = (reader: Reader, id: number) => reader.open(namespace)?.findId(int32(id))?.document.get("a");

function now(id: number) {
  const snapshot = store.snapshot();
  try {
    return storedValue(snapshot, id);
  } finally {
    snapshot.close();
  }
}

const conflict = expect.objectContaining({
  code: 112,
  fields: new Map([["errorLabels", ["TransientTransactionError"]]]),
});

test("a transaction sees its own writes, others see them after its commit", async () => {
  const transaction = store.begin();
  set(transaction, 1, { a: int32(10) });
  transaction.open(namespace)?.insert(doc({ _id: int32(4), a: int32(4) }));
  expect(storedValue(transaction, 1)).toEqual(int32(10));
  expect(transaction.open(namespace)?.count()).toBe(4);
  expect(now(1)).toEqual(int32(1));
  await transaction.commit();
  expect(now(1)).toEqual(int32(10));
  expect(now(4)).toEqual(int32(4));
});

test("a transaction reads the state of its begin", async () => {
  const transaction = store.begin();
  await store.write((writer) => writer.open(namespace)?.insert(doc({ _id: int32(9) })));
  expect(storedValue(transaction, 9)).toBeUndefined();
  expect(transaction.open(namespace)?.findId(int32(9))).toBeUndefined();
  transaction.abort();
  await expect(transaction.commit()).rejects.toMatchObject({ codeName: "NoSuchTransaction" });
});

test("of two open transactions the second to write a document gets a conflict at once", async () => {
  const [first, second] = [store.begin(), store.begin()];
  set(first, 1, { a: int32(10) });
  expect(() => set(second, 1, { a: int32(20) })).toThrow(conflict);
  second.abort();
  await first.commit();
  expect(now(1)).toEqual(int32(10));
});

test("a document that was changed since the begin cannot be written", async () => {
  const transaction = store.begin();
  await store.write((writer) => {
    const found = writer.open(namespace)?.findId(int32(1));
    if (found) writer.open(namespace)?.replace(found.id, found.document, doc({ _id: int32(1), a: int32(7) }));
  });
  expect(() => set(transaction, 1, { a: int32(10) })).toThrow(conflict);
  transaction.abort();
});

test("what was begun before a transaction's write and committed after it is a conflict at its commit", async () => {
  const transaction = store.begin();
  const plain = store.write((writer) => writer.drop(namespace));
  set(transaction, 1, { a: int32(10) });
  await plain;
  await expect(transaction.commit()).rejects.toEqual(conflict);
  expect(now(1)).toBeUndefined();
});

test("a unique value that an open transaction has inserted is a conflict for another one", () => {
  const [first, second] = [store.begin(), store.begin()];
  first.open(namespace)?.insert(doc({ _id: int32(5), a: int32(5) }));
  expect(() => second.open(namespace)?.insert(doc({ _id: int32(6), a: int32(5) }))).toThrow(conflict);
  first.abort();
  second.abort();
});

test("a plain write that meets an open transaction's document waits for its end and runs again", async () => {
  const transaction = store.begin();
  set(transaction, 1, { a: int32(10) });
  let runs = 0;
  const plain = store.write((writer) => {
    runs++;
    const collection = writer.open(namespace);
    const found = collection?.findId(int32(1));
    collection?.insert(doc({ _id: int32(100 + runs) }));
    if (found)
      collection?.replace(
        found.id,
        found.document,
        doc({ _id: int32(1), a: int32(11), before: found.document.get("a") ?? null }),
      );
  });
  const beside = store.write((writer) => writer.open(namespace)?.insert(doc({ _id: int32(50) })));
  await beside;
  expect(now(1)).toEqual(int32(1));
  await transaction.commit();
  await plain;
  expect(runs).toBe(2);
  expect(now(101)).toBeUndefined();
  const snapshot = store.snapshot();
  const collection = snapshot.open(namespace);
  expect(collection?.findId(int32(1))?.document.get("before")).toEqual(int32(10));
  expect(collection?.findId(int32(101))).toBeUndefined();
  expect(collection?.validate()).toEqual([]);
  snapshot.close();
});

test("waiting for a transaction ends with the signal", async () => {
  const transaction = store.begin();
  set(transaction, 1, { a: int32(10) });
  const abort = new AbortController();
  const plain = store.write(
    (writer) => {
      const found = writer.open(namespace)?.findId(int32(1));
      if (found) writer.open(namespace)?.remove(found.id, found.document);
    },
    { signal: abort.signal },
  );
  const refused = expect(plain).rejects.toThrow("enough");
  abort.abort(new Error("enough"));
  await refused;
  transaction.abort();
  expect(now(1)).toEqual(int32(1));
});

test("two transactions may insert into one collection, and its counts are right", async () => {
  const [first, second] = [store.begin(), store.begin()];
  first.open(namespace)?.insert(doc({ _id: int32(11), a: int32(11) }));
  second.open(namespace)?.insert(doc({ _id: int32(12), a: [int32(12), int32(13)] }));
  await Promise.all([first.commit(), second.commit()]);
  const snapshot = store.snapshot();
  const collection = snapshot.open(namespace);
  expect(collection?.count()).toBe(5);
  expect(collection?.validate()).toEqual([]);
  expect(collection?.info.indexes.map(({ isMultikey }) => isMultikey)).toEqual([false, true]);
  snapshot.close();
});

test("collections and indexes that a transaction makes are there after its commit alone", async () => {
  const other = { database: "d", collection: "other" };
  for (const isCommitted of [false, true]) {
    const transaction = store.begin();
    transaction.create(other, emptyDocument);
    transaction.createIndexes(other, [doc({ key: doc({ x: int32(1) }) })]);
    transaction.open(other)?.insert(doc({ _id: int32(1), x: int32(2) }));
    if (isCommitted) await transaction.commit();
    else transaction.abort();
    const snapshot = store.snapshot();
    expect(snapshot.info(other)?.indexes.map(({ name }) => name)).toEqual(isCommitted ? ["_id_", "x_1"] : undefined);
    expect(snapshot.open(other)?.validate()).toEqual(isCommitted ? [] : undefined);
    snapshot.close();
  }
});

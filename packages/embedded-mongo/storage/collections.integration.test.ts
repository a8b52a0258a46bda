import { FakeClock } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyDocument, type Value } from "../values/document.ts";
import { DateValue, int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import type { Reader, Store } from "./store.ts";
import { doc } from "./testing/random-steps.ts";

let store: Store;
const clock = new FakeClock();
const namespace = { database: "d", collection: "c" };
const spec = (key: Record<string, Value>, options: Record<string, Value> = {}) => doc({ key: doc(key), ...options });

beforeEach(async () => {
  store = await openStore({ directory: undefined, isReplicaSet: true, clock, log: () => {} });
});

afterEach(() => store.close());

function see<T>(look: (reader: Reader) => T): T {
  const snapshot = store.snapshot();
  try {
    return look(snapshot);
  } finally {
    snapshot.close();
  }
}

const ids = () =>
  see((reader) => [...(reader.open(namespace)?.scan() ?? [])].map(({ document }) => document.get("_id")));

test("a capped collection keeps the newest documents in the order of their insertion", async () => {
  await store.write((writer) => writer.create(namespace, doc({ capped: true, size: int32(1000), max: int32(3) })));
  await store.write((writer) => {
    for (let id = 1; id <= 5; id++) writer.open(namespace)?.insert(doc({ _id: int32(id) }));
  });
  expect(ids()).toEqual([int32(3), int32(4), int32(5)]);
  await store.write((writer) => writer.open(namespace)?.insert(doc({ _id: int32(6), text: "x".repeat(980) })));
  expect(ids()).toEqual([int32(6)]);
  expect(see((reader) => reader.open(namespace)?.validate())).toEqual([]);
});

test("a TTL index removes what is older than it says: dates, the earliest of an array's, nothing else", async () => {
  const now = clock.now();
  const date = (ms: number) => new DateValue(ms);
  await store.write((writer) => {
    writer.createIndexes(namespace, [spec({ at: int32(-1) }, { expireAfterSeconds: int32(10) })]);
    const collection = writer.openOrCreate(namespace);
    const values = [date(now - 10_000), date(now - 9999), [date(now), date(now - 20_000)], "old", null, int32(0)];
    for (const [id, at] of values.entries()) collection.insert(doc({ _id: int32(id), at }));
  });
  expect(await store.removeExpired()).toBe(2);
  expect(ids()).toEqual([1, 3, 4, 5].map(int32));
  const events = await store.changes?.after(store.changes.at(store.changes.latest()), 10, new AbortController().signal);
  expect(events?.at(-1)?.event.get("operationType")).toBe("delete");
  await clock.advance?.(1);
  expect(await store.removeExpired()).toBe(1);
});

test("old measurements go from a time series and old documents from a clustered collection, if it says when", async () => {
  const now = clock.now();
  const expires = { expireAfterSeconds: int32(10) };
  const timed = doc({ timeField: "at", granularity: "seconds" });
  const series = { database: "d", collection: "series" };
  const clustered = { database: "d", collection: "clustered" };
  await store.write((writer) => {
    writer.create(series, doc({ timeseries: timed, ...expires }));
    writer.create(clustered, doc({ clusteredIndex: doc({ key: doc({ _id: int32(1) }) }), ...expires }));
    writer.create(namespace, doc({ timeseries: timed }));
    for (let n = 0; n < 3000; n++) {
      const at = new DateValue(n % 2 === 0 ? now : now - 20_000 - n);
      for (const each of [series, namespace]) writer.open(each)?.insert(doc({ _id: int32(n), at }));
    }
    for (const ms of [now, now - 20_000]) writer.open(clustered)?.insert(doc({ _id: new DateValue(ms) }));
  });
  expect(await store.removeExpired()).toBe(1501);
  expect(see((reader) => reader.open(series)?.count())).toBe(1500);
  expect(see((reader) => [...(reader.open(clustered)?.scan() ?? [])].map((each) => each.document.get("_id")))).toEqual([
    new DateValue(now),
  ]);
  expect(see((reader) => reader.open(namespace)?.count())).toBe(3000);
});

test("a dropped collection is gone at once, and a new one of its name is empty", async () => {
  await store.write((writer) => {
    writer.createIndexes(namespace, [spec({ a: int32(1) })]);
    for (let id = 0; id < 5000; id++) writer.open(namespace)?.insert(doc({ _id: int32(id), a: int32(id) }));
  });
  await store.write((writer) => writer.drop(namespace));
  expect(see((reader) => [reader.databases(), reader.info(namespace)])).toEqual([[], undefined]);
  await store.write((writer) => writer.openOrCreate(namespace));
  expect(ids()).toEqual([]);
});

test("an index that cannot be built leaves the collection as it was", async () => {
  await store.write((writer) => {
    for (let id = 0; id < 10; id++) writer.openOrCreate(namespace).insert(doc({ _id: int32(id), a: int32(id % 9) }));
  });
  const failing = store.write((writer) => writer.createIndexes(namespace, [spec({ a: int32(1) }, { unique: true })]));
  await expect(failing).rejects.toMatchObject({
    message: "E11000 duplicate key error collection: d.c index: a_1 dup key: { a: 0 }",
  });
  expect(see((reader) => reader.info(namespace)?.indexes.map(({ name }) => name))).toEqual(["_id_"]);
  await store.write((writer) => writer.createIndexes(namespace, [spec({ a: int32(1) })]));
  expect(see((reader) => reader.open(namespace)?.validate())).toEqual([]);
});

test("documents may be changed while a scan goes on", async () => {
  await store.write((writer) => {
    writer.createIndexes(namespace, [spec({ a: int32(1) })]);
    for (let id = 0; id < 1200; id++) writer.open(namespace)?.insert(doc({ _id: int32(id), a: int32(id) }));
  });
  const seen = await store.write((writer) => {
    const collection = writer.openOrCreate(namespace);
    let count = 0;
    for (const { id, document } of collection.scan()) {
      count++;
      collection.replace(id, document, doc({ _id: document.get("_id") ?? null, a: "x" }));
    }
    for (const { id } of collection.scanIndex("a_1", {
      from: undefined,
      isFromIncluded: true,
      to: undefined,
      isToIncluded: true,
    })) {
      const document = collection.get(id);
      if (document) collection.remove(id, document);
    }
    return count;
  });
  expect(seen).toBe(1200);
  expect(see((reader) => [reader.open(namespace)?.count(), reader.open(namespace)?.validate()])).toEqual([0, []]);
});

test("views and renames are in the catalog; a name that is taken is refused", async () => {
  const view = { database: "d", collection: "v" };
  await store.write((writer) => {
    writer.create(namespace, emptyDocument);
    writer.create(view, doc({ viewOn: "c", pipeline: [] }));
  });
  expect(see((reader) => [reader.info(view)?.kind, reader.open(view)])).toEqual(["view", undefined]);
  await expect(store.write((writer) => writer.create(view, emptyDocument))).rejects.toMatchObject({ code: 48 });
  await expect(store.write((writer) => writer.rename(namespace, view, false))).rejects.toMatchObject({ code: 48 });
  const missing = { database: "d", collection: "missing" };
  await expect(store.write((writer) => writer.rename(missing, view, true))).rejects.toMatchObject({ code: 26 });
  const uuid = see((reader) => reader.info(namespace)?.uuid);
  await store.write((writer) => writer.rename(namespace, view, true));
  expect(see((reader) => [reader.info(view)?.uuid, reader.info(namespace)])).toEqual([uuid, undefined]);
});

test("the options of a collection and of an index can be changed", async () => {
  await store.write((writer) => writer.createIndexes(namespace, [spec({ a: int32(1) })]));
  await store.write((writer) => {
    writer.modify(namespace, doc({ validationLevel: "off" }));
    writer.modifyIndex(namespace, "a_1", spec({ a: int32(1) }, { name: "a_1", hidden: true }));
  });
  const info = see((reader) => reader.info(namespace));
  expect([info?.options.get("validationLevel"), info?.indexes[1]?.isHidden]).toEqual(["off", true]);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyDocument } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import type { ChangeEvent, ChangeLog } from "./change-log.ts";
import { openStore } from "./open-store.ts";
import type { Store, Writer } from "./store.ts";
import { doc } from "./testing/random-steps.ts";

let directory = "";
let store: Store;
const namespace = { database: "d", collection: "c" };
const never = new AbortController().signal;

const open = (isReplicaSet: boolean, changeLogBytes?: number) =>
  openStore({
    directory,
    isReplicaSet,
    clock: systemClock,
    log: () => {},
    ...(changeLogBytes === undefined ? {} : { changeLogBytes }),
  });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "drydock-changes-"));
  store = await open(true);
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

function log(): ChangeLog {
  if (!store.changes) throw new Error("There is no log.");
  return store.changes;
}

const typesOf = (events: readonly ChangeEvent[]) => events.map(({ event }) => event.get("operationType"));

function update(writer: Writer, id: number, how: "update" | "replace" | "remove"): void {
  const collection = writer.open(namespace);
  const found = collection?.findId(int32(id));
  if (!collection || !found) throw new Error("It is not there.");
  const after = doc({ _id: int32(id), a: int32(2) });
  const description = doc({ updatedFields: doc({ a: int32(2) }), removedFields: [], truncatedArrays: [] });
  if (how === "remove") collection.remove(found.id, found.document);
  else collection.replace(found.id, found.document, after, how === "update" ? description : undefined);
}

test("every committed change is told once, in order, with what change streams show", async () => {
  const start = log().end();
  await store.write((writer) => {
    writer.create(namespace, doc({ changeStreamPreAndPostImages: doc({ enabled: true }) }));
    writer.open(namespace)?.insert(doc({ _id: int32(1), a: int32(1) }));
  });
  await store.write((writer) => update(writer, 1, "update"));
  await store.write((writer) => update(writer, 1, "replace"));
  await store.write((writer) => update(writer, 1, "remove"));
  const events = await log().after(start, 100, never);
  expect(typesOf(events)).toEqual(["create", "insert", "update", "replace", "delete"]);
  expect([...events.map(({ token }) => token)].sort()).toEqual(events.map(({ token }) => token));
  expect(new Set(events.map(({ clusterTime }) => `${clusterTime.seconds} ${clusterTime.increment}`)).size).toBe(5);
  const [, insert, updated, replaced, removed] = events;
  expect(insert?.event.get("fullDocument")).toMatchObject(expect.anything());
  expect(updated?.event.has("fullDocument")).toBe(false);
  expect(updated?.before?.get("a")).toEqual(int32(1));
  expect(replaced?.event.has("updateDescription")).toBe(false);
  expect(removed?.before?.get("a")).toEqual(int32(2));
  expect(removed?.event.get("documentKey")).toBeDefined();
});

test("nothing is told of what was undone, and a transaction's changes have one time", async () => {
  await store.write((writer) => writer.create(namespace, emptyDocument));
  const start = log().end();
  const failing = store.write((writer) => {
    writer.open(namespace)?.insert(doc({ _id: int32(1) }));
    throw new Error("enough");
  });
  await expect(failing).rejects.toThrow("enough");
  const origin = { sessionId: doc({ id: "s" }), transactionNumber: 7n };
  const transaction = store.begin(origin);
  for (const id of [1, 2]) transaction.open(namespace)?.insert(doc({ _id: int32(id) }));
  await transaction.commit();
  const events = await log().after(start, 100, never);
  expect(typesOf(events)).toEqual(["insert", "insert"]);
  expect(events[0]?.clusterTime).toEqual(events[1]?.clusterTime);
  expect(events.map(({ event }) => event.get("txnNumber"))).toEqual([7n, 7n]);
  expect(typesOf(await log().after(events[0]?.token ?? "", 100, never))).toEqual(["insert"]);
});

test("whoever waits is woken by the next change, or by the signal", async () => {
  const start = log().end();
  const waiting = log().after(start, 10, never);
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(1) })));
  expect(typesOf(await waiting)).toEqual(["create", "insert"]);
  const abort = new AbortController();
  const idle = log().after(log().end(), 10, abort.signal);
  abort.abort();
  expect(await idle).toEqual([]);
});

test("definitions are told, too, and a dropped database after its collections", async () => {
  const start = log().end();
  const other = { database: "d", collection: "other" };
  await store.write((writer) => writer.createIndexes(namespace, [doc({ key: doc({ a: int32(1) }) })]));
  await store.write((writer) => writer.dropIndex(namespace, "a_1"));
  await store.write((writer) => writer.rename(namespace, other, false));
  await store.write((writer) => writer.dropDatabase("d"));
  const events = await log().after(start, 100, never);
  expect(typesOf(events)).toEqual(["create", "createIndexes", "dropIndexes", "rename", "drop", "dropDatabase"]);
  expect(events.at(-1)?.collection).toBeUndefined();
});

test("times go on rising after opening again, and tokens stay good", async () => {
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(1) })));
  const [first] = await log().after(log().at(log().latest()), 1, never);
  const { seconds, increment } = log().latest();
  await store.close();
  store = await open(true);
  expect(log().latest().seconds * 1e6 + log().latest().increment).toBeGreaterThanOrEqual(seconds * 1e6 + increment);
  await store.write((writer) => update(writer, 1, "remove"));
  expect(typesOf(await log().after(first?.token ?? "", 10, never))).toContain("delete");
});

test("a log that has grown too long forgets its beginning and says so", async () => {
  await store.close();
  store = await open(true, 20_000);
  const start = log().end();
  await store.write((writer) => {
    const collection = writer.openOrCreate(namespace);
    for (let id = 0; id < 100; id++) collection.insert(doc({ _id: int32(id), text: "x".repeat(500) }));
  });
  await expect(log().after(start, 10, never)).rejects.toMatchObject({ code: 286 });
  await expect(log().after("junk", 10, never)).rejects.toMatchObject({ codeName: "BadValue" });
});

test("what was written without a log is no gap that stays unseen", async () => {
  const start = log().end();
  await store.write((writer) => writer.openOrCreate(namespace).insert(doc({ _id: int32(1) })));
  await store.close();
  store = await open(false);
  await store.write((writer) => update(writer, 1, "remove"));
  await store.close();
  store = await open(true);
  await expect(log().after(start, 10, never)).rejects.toMatchObject({ code: 286 });
});

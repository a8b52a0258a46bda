import { eventually } from "@drydock/testing";
import type {
  ChangeStream,
  ChangeStreamDocument,
  ChangeStreamOptions,
  Collection,
  MongoClient,
  Document as Plain,
} from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let client: MongoClient;
let databases = 0;

beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
  client = await server.connect();
});
afterAll(() => server.end());

interface Item {
  readonly _id: number;
  readonly [field: string]: unknown;
}

const freshDatabase = () => client.db(`test${++databases}`);
const freshCollection = (): Collection<Item> => freshDatabase().collection<Item>("items");

/** The next so many events. */
async function take(stream: ChangeStream<Item>, count: number): Promise<ChangeStreamDocument<Item>[]> {
  const events: ChangeStreamDocument<Item>[] = [];
  while (events.length < count) events.push(await stream.next());
  return events;
}

/** A stream that is open on the server before anything else happens. */
async function opened(
  target: { watch(pipeline?: Plain[], options?: ChangeStreamOptions): unknown },
  pipeline: Plain[] = [],
  options: ChangeStreamOptions = {},
): Promise<ChangeStream<Item>> {
  const stream = target.watch(pipeline, { maxAwaitTimeMS: 20, ...options }) as ChangeStream<Item>;
  await stream.tryNext();
  return stream;
}

test("a stream tells inserts, updates, replacements and deletions with their descriptions", async () => {
  const items = freshCollection();
  const stream = await opened(items);
  await items.insertOne({ _id: 1, a: 1, list: [1, 2, 3] });
  await items.updateOne({ _id: 1 }, { $set: { a: 2, "b.c": 3 }, $unset: { list: 1 } });
  await items.replaceOne({ _id: 1 }, { z: 1 });
  await items.deleteOne({ _id: 1 });
  const events = await take(stream, 4);
  const ns = { db: items.dbName, coll: "items" };
  expect(events).toMatchObject([
    { operationType: "insert", ns, documentKey: { _id: 1 }, fullDocument: { _id: 1, a: 1, list: [1, 2, 3] } },
    {
      operationType: "update",
      ns,
      documentKey: { _id: 1 },
      updateDescription: { updatedFields: { a: 2, b: { c: 3 } }, removedFields: ["list"], truncatedArrays: [] },
    },
    { operationType: "replace", ns, documentKey: { _id: 1 }, fullDocument: { _id: 1, z: 1 } },
    { operationType: "delete", ns, documentKey: { _id: 1 } },
  ]);
  const tokens = events.map((event) => String((event._id as { _data: string })._data));
  expect([...tokens].sort()).toEqual(tokens);
  await stream.close();
});

test("a waiting stream is told at once, not at the end of its time", async () => {
  const items = freshCollection();
  const stream = items.watch([], { maxAwaitTimeMS: 30_000 });
  const next = stream.next();
  const running = () => client.db("admin").command({ currentOp: 1, op: "getmore", ns: items.namespace });
  await eventually(async () => (await running()).inprog.length === 1);
  const start = performance.now();
  await items.insertOne({ _id: 1 });
  expect(await next).toMatchObject({ operationType: "insert" });
  expect(performance.now() - start).toBeLessThan(5000);
  await stream.close();
});

test("a stream goes on behind a token, from a time, and from the first change of all", async () => {
  const items = freshCollection();
  const stream = await opened(items);
  await items.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  const [first] = await take(stream, 3);
  await stream.close();
  const behind = items.watch([], { resumeAfter: first?._id });
  expect(await take(behind, 2)).toMatchObject([{ documentKey: { _id: 2 } }, { documentKey: { _id: 3 } }]);
  await behind.close();
  if (!first?.clusterTime) throw new Error("an event has no time");
  const timed = items.watch([], { startAtOperationTime: first.clusterTime });
  expect(await take(timed, 3)).toMatchObject([1, 2, 3].map((_id) => ({ documentKey: { _id } })));
  await timed.close();
  await expect(items.watch([], { resumeAfter: { _data: "AB" } }).next()).rejects.toMatchObject({ code: 9 });
});

test("a stream of a database and one of all databases tell the changes of their collections", async () => {
  const database = freshDatabase();
  const other = freshDatabase();
  const ofDatabase = await opened(database);
  const ofAll = await opened(client);
  await other.collection("x").insertOne({ n: 1 });
  await database.collection("y").insertOne({ n: 2 });
  await client.db("admin").command({ ping: 1 });
  expect(await take(ofDatabase, 1)).toMatchObject([{ ns: { db: database.databaseName, coll: "y" } }]);
  expect(await take(ofAll, 2)).toMatchObject([{ ns: { coll: "x" } }, { ns: { coll: "y" } }]);
  await Promise.all([ofDatabase.close(), ofAll.close()]);
});

test("a pipeline filters and changes the events; one that changes their tokens fails", async () => {
  const items = freshCollection();
  const stream = await opened(items, [
    { $match: { "fullDocument.keep": true } },
    { $set: { extra: "$fullDocument.n" } },
  ]);
  await items.insertMany([
    { _id: 1, keep: false },
    { _id: 2, keep: true, n: 7 },
  ]);
  expect(await stream.next()).toMatchObject({ documentKey: { _id: 2 }, extra: 7 });
  await stream.close();
  const failing = await opened(items, [{ $project: { _id: 0 } }]);
  await items.insertOne({ _id: 3 });
  await expect(failing.next()).rejects.toThrow();
  const refused = items.watch([{ $group: { _id: 1 } }]);
  await expect(refused.next()).rejects.toMatchObject({ codeName: "IllegalOperation" });
});

test("the document after and before a change is told where it is asked for and kept", async () => {
  const database = freshDatabase();
  const items = await database.createCollection<Item>("items", { changeStreamPreAndPostImages: { enabled: true } });
  await items.insertOne({ _id: 1, a: { list: [1, 2, 3], text: "x" } });
  const stream = await opened(items, [], { fullDocument: "required", fullDocumentBeforeChange: "required" });
  const looked = await opened(items, [], { fullDocument: "updateLookup" });
  await items.updateOne({ _id: 1 }, { $set: { "a.list.1": 9 }, $unset: { "a.text": 1 } });
  await items.updateOne({ _id: 1 }, { $push: { "a.list": 4 as never } });
  const before = { _id: 1, a: { list: [1, 2, 3], text: "x" } };
  const middle = { _id: 1, a: { list: [1, 9, 3] } };
  const after = { _id: 1, a: { list: [1, 9, 3, 4] } };
  expect(await take(stream, 2)).toMatchObject([
    { fullDocument: middle, fullDocumentBeforeChange: before },
    { fullDocument: after, fullDocumentBeforeChange: middle },
  ]);
  expect(await take(looked, 1)).toMatchObject([{ fullDocument: after }]);
  await Promise.all([stream.close(), looked.close()]);
});

test("a collection that is dropped ends its stream with an invalidate, behind which only startAfter goes on", async () => {
  const items = freshCollection();
  const stream = await opened(items);
  await items.insertOne({ _id: 1 });
  await items.drop();
  const events = await take(stream, 3);
  expect(events.map(({ operationType }) => operationType)).toEqual(["insert", "drop", "invalidate"]);
  const token = events[2]?._id;
  await expect(items.watch([], { resumeAfter: token }).next()).rejects.toMatchObject({
    codeName: "InvalidResumeToken",
  });
  const again = items.watch([], { startAfter: token });
  const next = again.next();
  await items.insertOne({ _id: 2 });
  expect(await next).toMatchObject({ operationType: "insert", documentKey: { _id: 2 } });
  await again.close();
});

test("a rename and a database that is dropped are told, and end the streams they are about", async () => {
  const database = freshDatabase();
  const items = database.collection<Item>("items");
  await items.insertOne({ _id: 1 });
  const ofCollection = await opened(items);
  const ofDatabase = await opened(database);
  await items.rename("others");
  await database.dropDatabase();
  const types = async (stream: ChangeStream<Item>, count: number) =>
    (await take(stream, count)).map(({ operationType }) => operationType);
  expect(await types(ofCollection, 2)).toEqual(["rename", "invalidate"]);
  expect(await types(ofDatabase, 4)).toEqual(["rename", "drop", "dropDatabase", "invalidate"]);
});

test("a transaction's changes come together, with its session, when it commits", async () => {
  const items = freshCollection();
  await items.insertOne({ _id: 0 });
  const stream = await opened(items);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await items.insertOne({ _id: 1 }, { session });
      await items.updateOne({ _id: 0 }, { $set: { a: 1 } }, { session });
    }),
  );
  const events = await take(stream, 2);
  expect(events).toMatchObject([{ operationType: "insert" }, { operationType: "update" }]);
  const [one, two] = events.map((event) => event as unknown as { lsid: unknown; clusterTime: unknown });
  expect(one?.lsid).toEqual(two?.lsid);
  expect(one?.lsid).toBeDefined();
  expect(one?.clusterTime).toEqual(two?.clusterTime);
  await stream.close();
});

test("definitions are told with showExpandedEvents alone", async () => {
  const database = freshDatabase();
  const expanded = await opened(database, [], { showExpandedEvents: true });
  const usual = await opened(database);
  await database.createCollection("items");
  await database.collection("items").createIndex({ a: 1 });
  await database.collection("items").insertOne({ n: 1 });
  expect((await take(expanded, 3)).map(({ operationType }) => operationType)).toEqual([
    "create",
    "createIndexes",
    "insert",
  ]);
  expect(await take(usual, 1)).toMatchObject([{ operationType: "insert" }]);
  await Promise.all([expanded.close(), usual.close()]);
});

test("a standalone server has no change streams", async () => {
  const alone = await serve();
  const items = (await alone.connect()).db("a").collection("b");
  await expect(items.watch().next()).rejects.toMatchObject({ code: 40573 });
  await alone.end();
});

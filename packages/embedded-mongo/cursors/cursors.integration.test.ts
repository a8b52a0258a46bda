import { eventually } from "@drydock/testing";
import { Long, type MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let client: MongoClient;

beforeAll(async () => {
  server = await serve({ testCommands: true });
  client = await server.connect();
  await client
    .db("c")
    .collection("items")
    .insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
});
afterAll(() => server.end());

const openCursors = async (): Promise<number> =>
  (await client.db("admin").command({ serverStatus: 1 })).metrics.cursor.open.total;

test("the first batch has 101 documents, the next as many as fit", async () => {
  const database = client.db("c");
  const { cursor } = await database.command({ find: "items" });
  expect(cursor.firstBatch).toHaveLength(101);
  expect(cursor.ns).toBe("c.items");
  const { cursor: next } = await database.command({ getMore: cursor.id, collection: "items" });
  expect(next.nextBatch).toHaveLength(149);
  expect(next.id.toString()).toBe("0");
  expect(await openCursors()).toBe(0);
});

test("a getMore that is not the cursor's own is refused", async () => {
  const database = client.db("c");
  const session = client.startSession();
  const { cursor } = await database.command({ find: "items", batchSize: 0 }, { session });
  const more = (collection: string, options: object = {}) =>
    database.command({ getMore: cursor.id, collection }, options);
  await expect(more("others", { session })).rejects.toMatchObject({ codeName: "Unauthorized" });
  await expect(more("items")).rejects.toMatchObject({ code: 50738 });
  await expect(database.command({ getMore: Long.fromNumber(7), collection: "items" })).rejects.toMatchObject({
    codeName: "CursorNotFound",
  });
  expect((await more("items", { session })).cursor.nextBatch).toHaveLength(250);
  await session.endSession();
});

test("killed cursors are gone, and what was not there is told", async () => {
  const database = client.db("c");
  const { cursor } = await database.command({ find: "items", batchSize: 1 });
  const reply = await database.command({ killCursors: "items", cursors: [cursor.id, Long.fromNumber(99)] });
  expect(reply.cursorsKilled.map(String)).toEqual([String(cursor.id)]);
  expect(reply.cursorsNotFound.map(String)).toEqual(["99"]);
  expect(await openCursors()).toBe(0);
});

test("a cursor ends with its session", async () => {
  const session = client.startSession();
  await client.db("c").collection("items").find({}, { session, batchSize: 1 }).next();
  expect(await openCursors()).toBe(1);
  await client.db("admin").command({ endSessions: [session.id] });
  expect(await openCursors()).toBe(0);
  await session.endSession();
});

test("a tailable cursor waits for what is inserted", async () => {
  const capped = await client.db("c").createCollection("capped", { capped: true, size: 100_000 });
  await capped.insertOne({ n: 1 });
  const cursor = capped.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 20_000 });
  expect(await cursor.next()).toMatchObject({ n: 1 });
  const next = cursor.next();
  await eventually(async () => {
    const { inprog } = await client.db("admin").command({ currentOp: 1, op: "getmore" });
    return inprog.length === 1;
  });
  await capped.insertOne({ n: 2 });
  expect(await next).toMatchObject({ n: 2 });
  await cursor.close();
});

test("an operation that is killed ends, and so does one whose time is over or whose client has gone", async () => {
  const admin = client.db("admin");
  const capped = await client.db("c").createCollection("killed", { capped: true, size: 100_000 });
  await capped.insertOne({ n: 1 });
  const tail = async (other: MongoClient) => {
    const cursor = other
      .db("c")
      .collection("killed")
      .find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 60_000 });
    await cursor.next();
    return cursor.next();
  };
  const running = async () =>
    (await admin.command({ currentOp: 1, op: "getmore", ns: "c.killed" })).inprog as { readonly opid: number }[];
  const killed = tail(client);
  const refused = expect(killed).rejects.toMatchObject({ codeName: "Interrupted" });
  const [operation] = await eventually(async () => ((await running()).length > 0 ? running() : undefined));
  await admin.command({ killOp: 1, op: operation?.opid });
  await refused;
  const leaving = await server.connect();
  const left = expect(tail(leaving)).rejects.toThrow();
  await eventually(async () => (await running()).length === 1);
  await leaving.close();
  await left;
  await eventually(async () => (await running()).length === 0);
});

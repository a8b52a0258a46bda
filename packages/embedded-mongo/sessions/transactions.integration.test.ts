import type { ClientSession, Collection, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";
import { numbered } from "./test-numbered.ts";

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
  readonly n?: number;
  readonly a?: number;
  readonly by?: string;
}

async function fresh(...documents: Item[]): Promise<Collection<Item>> {
  const items = client.db(`test${++databases}`).collection<Item>("items");
  await items.insertMany([{ _id: 0 }, ...documents]);
  return items;
}

async function inTransaction(work: (session: ClientSession) => Promise<void>): Promise<void> {
  const session = client.startSession();
  session.startTransaction();
  try {
    await work(session);
  } finally {
    await session.endSession();
  }
}

test("what a transaction writes is seen by itself alone until it commits", async () => {
  const items = await fresh();
  await inTransaction(async (session) => {
    await items.insertOne({ _id: 1 }, { session });
    await items.updateOne({ _id: 0 }, { $set: { a: 1 } }, { session });
    expect(await items.find({}, { session }).toArray()).toEqual([{ _id: 0, a: 1 }, { _id: 1 }]);
    expect(await items.find().toArray()).toEqual([{ _id: 0 }]);
    await session.commitTransaction();
    // A client that missed the answer asks again.
    await session.commitTransaction();
  });
  expect(await items.find().toArray()).toEqual([{ _id: 0, a: 1 }, { _id: 1 }]);
});

test("an aborted transaction leaves nothing", async () => {
  const items = await fresh();
  await inTransaction(async (session) => {
    await items.insertOne({ _id: 1 }, { session });
    await session.abortTransaction();
  });
  expect(await items.countDocuments()).toBe(1);
});

test("a transaction reads the state of its begin", async () => {
  const items = await fresh();
  await inTransaction(async (session) => {
    expect(await items.find({}, { session }).toArray()).toHaveLength(1);
    await items.insertOne({ _id: 1 });
    expect(await items.find({}, { session }).toArray()).toHaveLength(1);
    await session.commitTransaction();
  });
});

test("the second of two transactions that change one document fails, and may begin again", async () => {
  const items = await fresh();
  await inTransaction(async (first) => {
    await items.updateOne({ _id: 0 }, { $set: { by: "first" } }, { session: first });
    await inTransaction(async (second) => {
      await expect(items.updateOne({ _id: 0 }, { $set: { by: "second" } }, { session: second })).rejects.toMatchObject({
        codeName: "WriteConflict",
        errorLabels: ["TransientTransactionError"],
      });
      await expect(items.findOne({}, { session: second })).rejects.toMatchObject({ codeName: "NoSuchTransaction" });
    });
    await first.commitTransaction();
  });
  expect(await items.findOne()).toMatchObject({ by: "first" });
});

test("a failed write aborts its transaction", async () => {
  const items = await fresh();
  await inTransaction(async (session) => {
    await items.insertOne({ _id: 1 }, { session });
    await expect(items.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 11000 });
    await expect(session.commitTransaction()).rejects.toMatchObject({
      codeName: "NoSuchTransaction",
      errorLabels: ["TransientTransactionError"],
    });
  });
  expect(await items.countDocuments()).toBe(1);
});

test("a callback runs again until its transaction commits", async () => {
  const items = await fresh();
  const other = client.startSession();
  other.startTransaction();
  await items.updateOne({ _id: 0 }, { $set: { by: "other" } }, { session: other });
  let runs = 0;
  await client.withSession((session) =>
    session.withTransaction(async () => {
      runs++;
      if (runs === 2) await other.commitTransaction();
      await items.updateOne({ _id: 0 }, { $set: { by: "mine" } }, { session });
    }),
  );
  await other.endSession();
  expect(runs).toBeGreaterThan(1);
  expect(await items.findOne()).toMatchObject({ by: "mine" });
});

test("a cursor of a transaction is read on in it, and ends with it", async () => {
  const items = await fresh(...Array.from({ length: 5 }, (_, index) => ({ _id: index + 1 })));
  await inTransaction(async (session) => {
    const cursor = items.find({}, { session, batchSize: 2 });
    await cursor.next();
    await items.insertOne({ _id: 10 }, { session });
    expect((await cursor.toArray()).length).toBeGreaterThanOrEqual(5);
    const left = items.find({}, { session, batchSize: 2 });
    await left.next();
    await session.commitTransaction();
    const { cursor: open } = (await client.db("admin").command({ serverStatus: 1 })).metrics;
    expect(open.open.total).toBe(0);
  });
});

test("numbers of transactions only grow, and each begins once", async () => {
  const { dbName } = await fresh();
  await numbered(client, dbName, async (command) => {
    const statement = { find: "items", autocommit: false };
    const start = { ...statement, startTransaction: true };
    await command(5, start);
    await command(5, statement);
    await expect(command(5, start)).rejects.toMatchObject({ codeName: "ConflictingOperationInProgress" });
    await expect(command(4, statement)).rejects.toMatchObject({ codeName: "TransactionTooOld" });
    await expect(command(6, statement)).rejects.toMatchObject({ codeName: "NoSuchTransaction" });
    await expect(command(5, { count: "items", autocommit: false })).rejects.toMatchObject({
      codeName: "OperationNotSupportedInTransaction",
    });
    await expect(command(6, { ...start, readConcern: { level: "linearizable" } })).rejects.toMatchObject({
      codeName: "InvalidOptions",
    });
  });
});

test("sessions that end abort what is open", async () => {
  const items = await fresh();
  const session = client.startSession();
  session.startTransaction();
  await items.insertOne({ _id: 1 }, { session });
  await client.db("admin").command({ endSessions: [session.id] });
  await items.updateOne({ _id: 0 }, { $set: { a: 1 } });
  await expect(session.commitTransaction()).rejects.toMatchObject({ codeName: "NoSuchTransaction" });
  await session.endSession();
});

test("a standalone server refuses transactions and takes writes that the driver does not retry", async () => {
  const alone = await serve();
  const own = await alone.connect();
  const items = own.db("a").collection<Item>("b");
  await items.insertOne({ _id: 1 });
  const session = own.startSession();
  session.startTransaction();
  await expect(items.insertOne({ _id: 2 }, { session })).rejects.toMatchObject({ originalError: { code: 20 } });
  await session.endSession();
  await alone.end();
});

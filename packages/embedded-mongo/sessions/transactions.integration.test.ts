import type { ClientSession, Collection, MongoClient, Document as Plain } from "mongodb";
import { Long } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let client: MongoClient;
let databases = 0;

beforeAll(async () => {
  server = await serve({ replicaSet: "rs0", testCommands: true });
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

// The driver's sessions have been used before: these numbers are above all of theirs.
const base = 1000;

/** Commands with transaction numbers of our own, in a session that the driver does not use again. */
async function numbered(
  work: (command: (txnNumber: number, command: object) => Promise<Plain>) => Promise<void>,
  database: string,
): Promise<void> {
  const session = client.startSession({ causalConsistency: false });
  await work((txnNumber, command) =>
    client.db(database).command({ ...command, txnNumber: Long.fromNumber(base + txnNumber) }, { session }),
  );
  await client.db("admin").command({ endSessions: [session.id] });
  await session.endSession();
}

test("numbers of transactions only grow, and each begins once", async () => {
  const { dbName } = await fresh();
  await numbered(async (command) => {
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
  }, dbName);
});

test("a write that is sent again with its number is answered, not done again", async () => {
  const items = await fresh({ _id: 1, n: 0 });
  await numbered(async (command) => {
    const update = { update: "items", updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    expect(await command(1, update)).toMatchObject({ n: 1, nModified: 1 });
    expect(await command(1, update)).toMatchObject({ n: 1, nModified: 1, retriedStmtIds: [0] });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 1 });
    await command(2, update);
    await expect(command(1, update)).rejects.toMatchObject({ codeName: "TransactionTooOld" });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 2 });
    const many = { update: "items", updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] };
    await expect(command(3, many)).rejects.toMatchObject({ codeName: "InvalidOptions" });
  }, items.dbName);
});

test("the driver's retry of a write whose connection was cut is one write", async () => {
  const items = await fresh({ _id: 1, n: 0 });
  const admin = client.db("admin");
  const failPoint = { configureFailPoint: "failCommand", mode: { times: 1 } };
  await admin.command({ ...failPoint, data: { failCommands: ["update"], closeConnection: true } });
  expect(await items.updateOne({ _id: 1 }, { $inc: { n: 1 } })).toMatchObject({ modifiedCount: 1 });
  await admin.command({
    ...failPoint,
    data: { failCommands: ["update"], writeConcernError: { code: 91, errmsg: "Replication is being shut down" } },
  });
  expect(await items.updateOne({ _id: 1 }, { $inc: { n: 1 } })).toMatchObject({ modifiedCount: 1 });
  expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 2 });
});

test("an error that a fail point names has its code, and the label of what may be retried", async () => {
  const items = await fresh();
  const admin = client.db("admin");
  const failing = (data: object) =>
    admin.command({
      configureFailPoint: "failCommand",
      mode: { times: 2 },
      data: { failCommands: ["insert"], ...data },
    });
  await failing({ errorCode: 10107 });
  await expect(items.insertOne({ _id: 5 })).rejects.toMatchObject({
    codeName: "NotWritablePrimary",
    errorLabels: ["RetryableWriteError"],
  });
  await admin.command({ configureFailPoint: "failCommand", mode: "off" });
  await failing({ errorCode: 2 });
  await expect(items.insertOne({ _id: 5 })).rejects.toMatchObject({ codeName: "BadValue" });
  await admin.command({ configureFailPoint: "failCommand", mode: "off" });
});

test("reads of a snapshot session all see one time", async () => {
  const items = await fresh();
  const session = client.startSession({ snapshot: true });
  expect(await items.find({}, { session }).toArray()).toHaveLength(1);
  await items.insertOne({ _id: 1 });
  expect(await items.find({}, { session }).toArray()).toHaveLength(1);
  expect(await items.aggregate([{ $match: {} }], { session }).toArray()).toHaveLength(1);
  expect(await items.distinct("_id", {}, { session })).toEqual([0]);
  await session.endSession();
  expect(await items.countDocuments()).toBe(2);
});

test("a write concern that one server cannot meet is told with the write done", async () => {
  const items = await fresh();
  await expect(items.insertOne({ _id: 1 }, { writeConcern: { w: 3 } })).rejects.toMatchObject({
    code: 100,
    result: { writeConcernError: { codeName: "UnsatisfiableWriteConcern" } },
  });
  expect(await items.countDocuments()).toBe(2);
  await items.insertOne({ _id: 2 }, { writeConcern: { w: "majority", j: true } });
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

import type { Collection, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";
import { numbered } from "./test-numbered.ts";

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
}

async function fresh(...documents: Item[]): Promise<Collection<Item>> {
  const items = client.db(`test${++databases}`).collection<Item>("items");
  await items.insertMany([{ _id: 0 }, ...documents]);
  return items;
}

test("a write that is sent again with its number is answered, not done again", async () => {
  const items = await fresh({ _id: 1, n: 0 });
  await numbered(client, items.dbName, async (command) => {
    const update = { update: "items", updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    expect(await command(1, update)).toMatchObject({ n: 1, nModified: 1 });
    expect(await command(1, update)).toMatchObject({ n: 1, nModified: 1, retriedStmtIds: [0] });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 1 });
    await command(2, update);
    await expect(command(1, update)).rejects.toMatchObject({ codeName: "TransactionTooOld" });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 2 });
    const many = { update: "items", updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] };
    await expect(command(3, many)).rejects.toMatchObject({ codeName: "InvalidOptions" });
  });
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

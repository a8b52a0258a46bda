import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { MongoClient } from "mongodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type RunningMongo, startMongo } from "../start-mongo.ts";
import { numbered } from "./test-numbered.ts";

let directory = "";
let mongo: RunningMongo;
let client: MongoClient;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "drydock-statements-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeEach(async () => {
  mongo = await startMongo({ dataDirectory: directory, replicaSet: "rs0" });
  client = await MongoClient.connect(mongo.uri);
});
afterEach(async () => {
  await client.close();
  await mongo.stop();
});

/** The same data on the same port: the client finds it again. */
async function restart(): Promise<void> {
  const { port } = mongo;
  await mongo.stop();
  mongo = await startMongo({ dataDirectory: directory, replicaSet: "rs0", port });
  await eventually(async () => (await client.db("admin").command({ ping: 1 })).ok === 1);
}

test("a write that was committed before a restart is answered, not done again", async () => {
  const items = client.db("writes").collection<{ _id: number; n: number }>("items");
  await items.insertOne({ _id: 1, n: 0 });
  await numbered(client, "writes", async (command) => {
    const update = { update: "items", updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    expect(await command(1, update)).toMatchObject({ nModified: 1 });
    await restart();
    expect(await command(1, update)).toMatchObject({ n: 1, nModified: 1, retriedStmtIds: [0] });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 1 });
    expect(await command(2, update)).toMatchObject({ nModified: 1 });
    await restart();
    await expect(command(1, update)).rejects.toMatchObject({ codeName: "TransactionTooOld" });
    const modify = { findAndModify: "items", query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
    expect(await command(3, modify)).toMatchObject({ value: { n: 3 } });
    await restart();
    expect(await command(3, modify)).toMatchObject({ value: { n: 3 } });
    expect(await items.findOne({ _id: 1 })).toMatchObject({ n: 3 });
  });
});

test("writes to several collections and commits of transactions are remembered, too", async () => {
  const items = client.db("bulks").collection<{ _id: number }>("items");
  await items.insertOne({ _id: 0 });
  const bulk = { bulkWrite: 1, ops: [{ insert: 0, document: { _id: 1 } }], nsInfo: [{ ns: "bulks.items" }] };
  const session = client.startSession();
  session.startTransaction();
  await items.insertOne({ _id: 5 }, { session });
  await session.commitTransaction();
  await restart();
  await session.commitTransaction();
  await session.endSession();
  await numbered(client, "admin", async (command) => {
    expect(await command(1, bulk)).toMatchObject({ nInserted: 1, nErrors: 0 });
    await restart();
    const again = await command(1, bulk);
    expect(again).toMatchObject({ nInserted: 1, nErrors: 0, cursor: { firstBatch: [{ ok: 1, idx: 0, n: 1 }] } });
  });
  expect(await items.countDocuments()).toBe(3);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import type { MongoOptions } from "../start-mongo.ts";
import { startMongo } from "../start-mongo.ts";
import { serve, type TestServer } from "../test-client.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function start(options: MongoOptions = {}): Promise<TestServer> {
  const server = await serve(options);
  cleanups.push(() => server.end());
  return server;
}

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "drydock-mongo-"));
  cleanups.push(() => rm(directory, { recursive: true }));
  return directory;
}

test("documents, users and the replica set are there again after a stop, at another port too", async () => {
  const options = { dataDirectory: await folder(), replicaSet: "rs0", user: { name: "root", password: "one" } };
  const first = await start(options);
  const client = await first.connect();
  await client.db("a").collection("b").insertOne({ n: 1 });
  await client.db("a").command({ createUser: "u", pwd: "p", roles: ["read"] });
  await first.end();
  // The user is there: another password in the options changes nothing.
  const second = await start({ ...options, user: { name: "root", password: "two" } });
  const uri = (login: string, source: string) =>
    `mongodb://${login}@127.0.0.1:${second.mongo.port}/?replicaSet=rs0&authSource=${source}`;
  await expect(second.connect()).rejects.toMatchObject({ codeName: "AuthenticationFailed" });
  const again = await second.connect({}, uri("root:one", "admin"));
  expect(await again.db("a").collection("b").findOne()).toMatchObject({ n: 1 });
  expect(await (await second.connect({}, uri("u:p", "a"))).db("a").collection("b").countDocuments()).toBe(1);
});

test("a folder has one server, and the second is told who has it", async () => {
  const dataDirectory = await folder();
  const first = await start({ dataDirectory });
  await expect(serve({ dataDirectory })).rejects.toThrow(String(first.mongo.port));
});

test("fsync holds writes back until it is unlocked, and reads go on", async () => {
  const client = await (await start()).connect();
  const admin = client.db("admin");
  const items = client.db("a").collection("b");
  await items.insertOne({ n: 1 });
  expect(await admin.command({ fsync: 1, lock: true })).toMatchObject({ ok: 1 });
  let isWritten = false;
  const write = items.insertOne({ n: 2 }).then(() => {
    isWritten = true;
  });
  expect(await items.countDocuments()).toBe(1);
  await eventually(async () => (await admin.command({ currentOp: 1, op: "insert" })).inprog.length === 1);
  expect(isWritten).toBe(false);
  await admin.command({ fsyncUnlock: 1 });
  await write;
  await expect(admin.command({ fsyncUnlock: 1 })).rejects.toMatchObject({ codeName: "IllegalOperation" });
});

test("expired documents are removed while the server runs", async () => {
  const client = await (await start()).connect();
  const items = client.db("a").collection("b");
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
  await items.insertMany([{ at: new Date(Date.now() - 60_000) }, { at: new Date(Date.now() + 600_000) }]);
  await client.db("admin").command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await eventually(async () => (await items.countDocuments()) === 1);
});

test("parameters of the start are set, and one that cannot be is refused with all that is wrong", async () => {
  const server = await start({ parameters: { ttlMonitorSleepSecs: "7", ttlMonitorEnabled: "false" } });
  const admin = (await server.connect()).db("admin");
  const asked = { getParameter: 1, ttlMonitorSleepSecs: 1, ttlMonitorEnabled: 1 };
  expect(await admin.command(asked)).toMatchObject({ ttlMonitorSleepSecs: 7, ttlMonitorEnabled: false });
  await expect(startMongo({ parameters: { ttlMonitorSleepSecs: "soon", notablescan: "true" } })).rejects.toMatchObject({
    code: "MONGO_BAD_PARAMETER",
    message: expect.stringMatching(/ttlMonitorSleepSecs=soon: it is a whole number.*\n.*notablescan does nothing here/),
  });
});

test("the server tells what it is, what it can do and what it has done", async () => {
  const server = await start({ replicaSet: "rs0" });
  const client = await server.connect();
  const admin = client.db("admin");
  const { commands } = await admin.command({ listCommands: 1 });
  expect(Object.keys(commands)).toEqual(expect.arrayContaining(["find", "hello", "replSetInitiate", "createUser"]));
  expect(await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })).toMatchObject({
    featureCompatibilityVersion: { version: "8.0" },
  });
  await expect(admin.command({ setParameter: 1, notablescan: true })).rejects.toMatchObject({ code: 72 });
  await client.db("a").collection("b").insertOne({});
  expect((await admin.command({ serverStatus: 1 })).opcounters.insert).toBe(1);
  expect(await admin.command({ getCmdLineOpts: 1 })).toMatchObject({ parsed: { replication: { replSet: "rs0" } } });
  expect((await admin.command({ whatsmyuri: 1 })).you).toMatch(/^127\.0\.0\.1:\d+$/);
  await expect(admin.command({ configureFailPoint: "failCommand", mode: "off" })).rejects.toMatchObject({ code: 59 });
});

test("help is told, and nothing is done", async () => {
  const db = (await (await start()).connect()).db("a");
  await db.collection("b").insertOne({});
  expect(await db.command({ drop: "b", help: true })).toMatchObject({
    help: expect.stringMatching(/^help for: drop /),
  });
  expect(await db.collection("b").countDocuments()).toBe(1);
});

test("pipelines begin with what the server does and whom it knows", async () => {
  const client = await (await start()).connect();
  const admin = client.db("admin");
  const running = await admin.aggregate([{ $currentOp: {} }, { $match: { active: true } }]).toArray();
  expect(running).toMatchObject([{ command: { aggregate: 1 }, ns: "admin.$cmd" }]);
  const sessions = await client
    .db("a")
    .aggregate([{ $listLocalSessions: {} }, { $limit: 1 }])
    .toArray();
  expect(sessions).toMatchObject([{ _id: {}, lastUse: expect.any(Date) }]);
  await expect(
    client
      .db("a")
      .aggregate([{ $currentOp: {} }])
      .toArray(),
  ).rejects.toMatchObject({ code: 73 });
  await expect(
    admin
      .collection("x")
      .aggregate([{ $listLocalSessions: {} }])
      .toArray(),
  ).rejects.toThrow();
});

test("a pipeline that asks the server is explained by its stages", async () => {
  const stages = [{ $currentOp: {} }, { $match: { active: true } }];
  const client = await (await start()).connect();
  const told = await client.db("admin").command({ aggregate: 1, pipeline: stages, explain: true });
  expect(told.stages).toEqual(stages);
});

test("the time of commands that have a limit is over while a fail point says so", async () => {
  const client = await (await start({ testCommands: true })).connect();
  const admin = client.db("admin");
  await admin.command({ configureFailPoint: "maxTimeAlwaysTimeOut", mode: "alwaysOn" });
  const items = client.db("a").collection("timed");
  await expect(items.find({}, { maxTimeMS: 60_000 }).toArray()).rejects.toMatchObject({ code: 50 });
  expect(await items.find().toArray()).toEqual([]);
  await admin.command({ configureFailPoint: "maxTimeAlwaysTimeOut", mode: "off" });
  await admin.command({ configureFailPoint: "maxTimeNeverTimeOut", mode: { times: 1 } });
  expect(await items.find({}, { maxTimeMS: 1 }).toArray()).toEqual([]);
  const acted = await admin.command({ configureFailPoint: "maxTimeNeverTimeOut", mode: "off" });
  expect(acted).toMatchObject({ count: 1 });
  expect(await items.find({}, { maxTimeMS: 60_000 }).toArray()).toEqual([]);
});

import { afterEach, expect, test } from "vitest";
import type { MongoOptions } from "./start-mongo.ts";
import { startMongo } from "./start-mongo.ts";
import { serve, type TestServer } from "./test-client.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.end()));
});

async function start(options: MongoOptions = {}): Promise<TestServer> {
  const server = await serve(options);
  servers.push(server);
  return server;
}

test("the official driver connects to a standalone server, writes and reads", async () => {
  const server = await start();
  const client = await server.connect();
  const items = client.db("shop").collection("items");
  await items.insertMany([
    { _id: 1 as never, name: "a" },
    { _id: 2 as never, name: "b" },
  ]);
  expect(await items.find({ name: "b" }).toArray()).toEqual([{ _id: 2, name: "b" }]);
  expect((await client.db("admin").command({ buildInfo: 1 })).version).toMatch(/^8\.0\./);
});

test("a replica set is found by its name, and its one member is primary", async () => {
  const server = await start({ replicaSet: "rs0" });
  const client = await server.connect();
  const hello = await client.db("admin").command({ hello: 1 });
  const address = `127.0.0.1:${server.mongo.port}`;
  expect(hello).toMatchObject({ isWritablePrimary: true, setName: "rs0", hosts: [address], me: address });
  expect(hello.$clusterTime.clusterTime).toBeDefined();
  expect(await client.db("admin").command({ replSetGetStatus: 1 })).toMatchObject({ set: "rs0", myState: 1 });
});

test("a set that awaits its initiation is no primary before, and tells its name after", async () => {
  const server = await start({ replicaSet: "rs0", awaitsInitiate: true });
  const address = `127.0.0.1:${server.mongo.port}`;
  const client = await server.connect({}, `mongodb://${address}/?directConnection=true`);
  const admin = client.db("admin");
  expect(await admin.command({ hello: 1 })).toMatchObject({ isWritablePrimary: false, isreplicaset: true });
  await expect(admin.command({ replSetGetStatus: 1 })).rejects.toMatchObject({ codeName: "NotYetInitialized" });
  await admin.command({ replSetInitiate: { _id: "rs0", members: [{ _id: 0, host: address }] } });
  expect(await admin.command({ hello: 1 })).toMatchObject({ isWritablePrimary: true, setName: "rs0" });
  const { config } = await admin.command({ replSetGetConfig: 1 });
  await admin.command({ replSetReconfig: { ...config, version: config.version + 1 } });
  const found = await server.connect();
  expect(await found.db("a").collection("b").insertOne({ c: 1 })).toMatchObject({ acknowledged: true });
});

test("messages are compressed by zlib when the driver asks for it", async () => {
  const server = await start();
  const client = await server.connect({ compressors: ["zlib"] });
  const items = client.db("shop").collection("items");
  const text = "x".repeat(400_000);
  await items.insertMany(Array.from({ length: 5 }, (_, n) => ({ n, text })));
  expect((await items.find().toArray()).map(({ text: read }) => read === text)).toEqual([true, true, true, true, true]);
});

test("writes without acknowledgement get no reply and happen", async () => {
  const server = await start();
  const client = await server.connect({ maxPoolSize: 1 });
  const items = client.db("shop").collection("items", { writeConcern: { w: 0 } });
  await items.insertOne({ a: 1 });
  expect(await items.countDocuments()).toBe(1);
});

test("an address that others reach is refused without a password", async () => {
  await expect(startMongo({ host: "0.0.0.0" })).rejects.toMatchObject({ code: "MONGO_NEEDS_PASSWORD", exitCode: 2 });
});

test("a port that is taken is told by its address", async () => {
  const { mongo } = await start();
  await expect(startMongo({ port: mongo.port })).rejects.toMatchObject({ code: "MONGO_CANNOT_LISTEN" });
});

test("stopping ends what waits, and twice is once", async () => {
  const server = await start({ replicaSet: "rs0" });
  const client = await server.connect();
  const waiting = client.db("admin").command({ hello: 1 });
  await waiting;
  await Promise.all([server.mongo.stop(), server.mongo.stop()]);
  await expect(fetch(`http://127.0.0.1:${server.mongo.port}`)).rejects.toThrow();
});

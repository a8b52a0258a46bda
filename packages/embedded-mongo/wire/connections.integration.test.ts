import { connect, type Socket } from "node:net";
import { eventually } from "@drydock/testing";
import { BSON, type MongoClient, type Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";
import { FrameReader } from "./frame-reader.ts";
import { malformed, numbers } from "./test-fuzz.ts";
import { opMsg, opQuery } from "./test-messages.ts";

let server: TestServer;
let client: MongoClient;

beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
  client = await server.connect();
});
afterAll(() => server.end());

/** A bare connection: what is sent is bytes, what is received are frames. */
async function open(): Promise<{ socket: Socket; frames: Buffer[]; closed: Promise<unknown> }> {
  const socket = connect(server.mongo.port, "127.0.0.1");
  const frames: Buffer[] = [];
  const reader = new FrameReader();
  socket.on("data", (chunk) => frames.push(...reader.push(chunk)));
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.on("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, frames, closed };
}

const documentAt = (frame: Buffer | undefined, offset: number): Plain =>
  BSON.deserialize((frame ?? Buffer.alloc(0)).subarray(offset));

test("the old handshake is answered in its own form, and requests behind each other in their order", async () => {
  const { socket, frames } = await open();
  const pings = [1, 2, 3].map((requestId) => opMsg({ body: { ping: 1, $db: "admin" }, requestId }));
  socket.write(Buffer.concat([opQuery("admin", { isMaster: 1, helloOk: true }, 40), ...pings]));
  await eventually(() => frames.length === 4);
  expect(documentAt(frames[0], 36)).toMatchObject({ ismaster: true, helloOk: true, maxWireVersion: 25, ok: 1 });
  expect(frames.map((frame) => frame.readInt32LE(8))).toEqual([40, 1, 2, 3]);
  socket.destroy();
});

test("hello streams its replies while the client takes them, and tells a change at once", async () => {
  const { socket, frames } = await open();
  socket.write(opMsg({ body: { hello: 1, $db: "admin" } }));
  await eventually(() => frames.length === 1);
  const { topologyVersion } = documentAt(frames[0], 21);
  const body = { hello: 1, topologyVersion, maxAwaitTimeMS: 50, $db: "admin" };
  socket.write(opMsg({ body, flags: 0x10000, requestId: 9 }));
  await eventually(() => frames.length >= 4);
  const [, first, second] = frames;
  expect(first?.readInt32LE(8)).toBe(9);
  expect(second?.readInt32LE(8)).toBe(first?.readInt32LE(4));
  expect((first?.readUInt32LE(16) ?? 0) & 2).toBe(2);
  const { config } = await client.db("admin").command({ replSetGetConfig: 1 });
  await client.db("admin").command({ replSetReconfig: { ...config, version: config.version + 1 } });
  const counter = (frame: Buffer | undefined) => Number(documentAt(frame, 21).topologyVersion.counter);
  await eventually(() => counter(frames.at(-1)) === Number(topologyVersion.counter) + 1);
  socket.destroy();
});

test("malformed messages end their own connection with a reason, and no other", async () => {
  const { socket: good, frames } = await open();
  const next = numbers(7);
  let sent = 0;
  for (let round = 0; round < 60; round++) {
    const bad = await open();
    for (let count = 0; count < 5; count++) bad.socket.write(malformed(next));
    bad.socket.end();
    good.write(opMsg({ body: { ping: 1, $db: "admin" }, requestId: ++sent }));
    await bad.closed;
  }
  await eventually(() => frames.length === sent);
  expect(server.lines.filter((line) => line.includes("was closed: ")).length).toBeGreaterThan(40);
  expect(server.lines.filter((line) => line.includes(".ts:"))).toEqual([]);
  good.destroy();
});

test("a message that is too long is refused by its first four bytes", async () => {
  const { socket, closed } = await open();
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(48_000_001);
  socket.write(bytes);
  await closed;
  expect(server.lines.at(-1)).toContain("a message says that it has 48000001 bytes");
});

test("unknown commands, fields and databases are told as MongoDB does", async () => {
  const admin = client.db("admin");
  await expect(admin.command({ nonsense: 1 })).rejects.toMatchObject({
    code: 59,
    codeName: "CommandNotFound",
    message: "no such command: 'nonsense'",
  });
  await expect(admin.command({ getMore: 1, x: 1 })).rejects.toMatchObject({ code: 40415 });
  await expect(client.db("d").command({ replSetGetStatus: 1 })).rejects.toMatchObject({ code: 13 });
  await expect(admin.command({ ping: 1, apiVersion: "2" })).rejects.toMatchObject({ code: 322 });
  await expect(admin.command({ serverStatus: 1, apiVersion: "1", apiStrict: true })).rejects.toMatchObject({
    code: 323,
  });
  const strict = { aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {}, apiVersion: "1", apiStrict: true };
  await expect(admin.command(strict)).rejects.toMatchObject({ code: 323 });
  await expect(admin.command({ ping: 1, maxTimeMS: -1 })).rejects.toMatchObject({ code: 2 });
});

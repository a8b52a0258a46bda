import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainVariables, run } from "./fixtures/checkout.ts";

const script = `import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { startMongo } from "drydock/mongo";
import { startRedis } from "drydock/redis";

/** What a Redis says to lines of commands (Redis protocol, inline commands). */
const say = (port, ...lines) =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = createConnection(port, "127.0.0.1", () => socket.end(lines.join("\\r\\n") + "\\r\\n"));
    socket.setEncoding("utf8").on("data", (text) => (answer += text));
    socket.once("error", reject).once("close", () => resolve(answer));
  });
const code = (expected) => (error) => error.code === expected;

const [mongo, redis] = await Promise.all([startMongo({ replicaSet: "rs0" }), startRedis({ settings: { maxmemory: "64mb" } })]);
assert.equal(mongo.uri, "mongodb://127.0.0.1:" + mongo.port + "/?replicaSet=rs0");
assert.equal(await say(redis.port, "SET a 1", "GET a"), "+OK\\r\\n$1\\r\\n1\\r\\n");
await redis.reset();
assert.match(await say(redis.port, "GET a", "CONFIG GET maxmemory"), /^\\$-1\\r\\n[^]*67108864/);
await Promise.all([redis.stop(), redis[Symbol.asyncDispose]()]);
await assert.rejects(say(redis.port, "PING"), code("ECONNREFUSED"));

const kept = await startRedis({ data: "kept" });
await say(kept.port, "SET a 1");
await assert.rejects(kept.reset(), code("RESET_OF_KEPT_DATA"));
await kept.stop();
const again = await startRedis({ data: "kept" });
assert.equal(await say(again.port, "GET a"), "$1\\r\\n1\\r\\n");

await assert.rejects(startMongo({ data: "x", memory: true }), code("DATA_AND_MEMORY"));
await assert.rejects(startMongo({ port: 70_000 }), code("BAD_OPTION"));
await assert.rejects(startRedis({ host: "0.0.0.0" }), code("REDIS_NEEDS_PASSWORD"));
assert.equal(existsSync("x"), false);
console.log("all of it");
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-servers-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(fileURLToPath(new URL("..", import.meta.url)), join(folder, "node_modules/drydock"));
  await writeFile(join(folder, "servers.mjs"), script);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("servers for tests are emptied by a reset on the same port, keep a folder that is named, and end with the process", async () => {
  const { exitCode, stdout, stderr } = await run(process.execPath, ["servers.mjs"], folder, plainVariables(folder));
  expect([exitCode, stdout, stderr]).toEqual([0, "all of it\n", ""]);
});

import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RedisOptions, type RunningRedis, startRedis } from "../start-redis.ts";
import { startChildServer } from "../testing/child-server.ts";
import { RawClient } from "../testing/raw-client.ts";

let folder: string;
const clients: RawClient[] = [];
const servers: RunningRedis[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "redis-data-"));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: RedisOptions = {}): Promise<RunningRedis> {
  const server = await startRedis({ dataDirectory: folder, ...options });
  servers.push(server);
  return server;
}

async function connect({ port }: { readonly port: number }): Promise<RawClient> {
  const client = await RawClient.connect(port);
  clients.push(client);
  return client;
}

/** Stops the server, starts it again on its folder, and connects. */
async function restart(server: RunningRedis, options: RedisOptions = {}): Promise<RawClient> {
  await server.stop();
  return connect(await start(options));
}

test("Data, expiries, other databases, scripts' effects and functions are there after a restart", async () => {
  const server = await start();
  const client = await connect(server);
  await client.pipeline([
    ["SET", "a\xff", "\0\x01"],
    ["SET", "soon", "x", "PX", "100000"],
    ["RPUSH", "list", "1", "2"],
    ["HSET", "hash", "f", "v"],
    ["HPEXPIRE", "hash", "100000", "FIELDS", "1", "f"],
    ["EVAL", "redis.call('incr', KEYS[1]) return redis.call('incr', KEYS[1])", "1", "n"],
    ["FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function() return 7 end)"],
    ["SELECT", "5"],
    ["SET", "five", "5"],
  ]);
  const again = await restart(server);
  expect(await again.call("GET", "a\xff")).toBe("\0\x01");
  expect(Number(await again.call("PTTL", "soon"))).toBeGreaterThan(50_000);
  expect(await again.call("LRANGE", "list", 0, -1)).toEqual(["1", "2"]);
  expect(Number(((await again.call("HPTTL", "hash", "FIELDS", 1, "f")) as unknown[])[0])).toBeGreaterThan(50_000);
  expect(await again.call("GET", "n")).toBe("2");
  expect(await again.call("FCALL", "f", 0)).toBe(7);
  await again.call("SELECT", 5);
  expect(await again.call("GET", "five")).toBe("5");
});

test("What expired while the server was down is gone, and not brought back by what followed in the log", async () => {
  const server = await start();
  const client = await connect(server);
  await client.pipeline([
    ["SET", "short", "x", "PX", "1"],
    ["SET", "kept", "1", "PX", "60"],
    ["PERSIST", "kept"],
    ["INCR", "kept"],
  ]);
  const again = await restart(server);
  expect(await again.call("EXISTS", "short")).toBe(0);
  expect(await again.call("GET", "kept")).toBe("2");
  expect(await again.call("PTTL", "kept")).toBe(-1);
});

test("BGREWRITEAOF puts everything into a new base and goes on behind it", async () => {
  const server = await start({ settings: { appendfsync: "always" } });
  const client = await connect(server);
  for (let i = 0; i < 50; i++) await client.call("INCR", "n");
  expect(await client.call("BGREWRITEAOF")).toEqual({ simple: "Background append only file rewriting started" });
  await client.call("INCR", "n");
  await rewritten(client);
  expect(readdirSync(join(folder, "appendonlydir")).sort()).toEqual([
    "appendonly.aof.2.base.rdb",
    "appendonly.aof.2.incr.aof",
    "appendonly.aof.manifest",
  ]);
  expect(await (await restart(server)).call("GET", "n")).toBe("51");
});

const info = async (client: RawClient, field: string) =>
  new RegExp(`^${field}:(.*?)\r?$`, "m").exec(String(await client.call("INFO", "persistence")))?.[1];
const rewritten = (client: RawClient) => eventually(async () => (await info(client, "aof_rewrites")) !== "0");

/** So many keys that writing them takes several slices. */
async function fill(client: RawClient): Promise<void> {
  const keys = Array.from({ length: 8_000 }, (_, i) => ["SET", `key:${i}`, `old ${i}`]);
  await client.pipeline([...keys, ["HSET", "hash", "field", "old"], ["RPUSH", "list", "old"]]);
}

/** Changes what is there while it is written, until `isOver`. */
async function changeUntil(client: RawClient, isOver: () => Promise<boolean>): Promise<void> {
  for (let i = 7_999; !(await isOver()); i -= 7) {
    await client.pipeline([
      ["SET", `key:${Math.abs(i) % 8_000}`, "new"],
      ["DEL", `key:${Math.abs(i * 31) % 8_000}`],
      ["SET", `more:${i}`, "new"],
      ["HSET", "hash", "field", "new"],
      ["RPUSH", "list", "new"],
      ["INCR", "count"],
    ]);
  }
}

test("BGSAVE keeps one moment while commands change what is there, and FLUSHALL takes nothing from it", async () => {
  const server = await start({ settings: { appendonly: "no" } });
  const [client, other] = [await connect(server), await connect(server)];
  await fill(client);
  const [started, during] = await client.pipeline([["BGSAVE"], ["BGSAVE"]]);
  expect(started).toEqual({ simple: "Background saving started" });
  expect(during).toEqual({ error: "ERR Background save already in progress" });
  let rounds = 0;
  await changeUntil(other, async () => ++rounds > 5 || (await info(client, "rdb_bgsave_in_progress")) === "0");
  expect(await other.call("FLUSHALL")).toEqual({ simple: "OK" });
  await eventually(async () => (await info(client, "rdb_saves")) === "1");
  const copy = mkdtempSync(join(tmpdir(), "redis-moment-"));
  try {
    copyFileSync(join(folder, "dump.rdb"), join(copy, "dump.rdb"));
    const reader = await connect(await start({ dataDirectory: copy, settings: { appendonly: "no" } }));
    expect(await reader.call("DBSIZE")).toBe(8_002);
    const keys = Array.from({ length: 8_000 }, (_, i) => `key:${i}`);
    expect(await reader.call("MGET", ...keys)).toEqual(keys.map((_, i) => `old ${i}`));
    expect(await reader.call("HGET", "hash", "field")).toBe("old");
    expect(await reader.call("LRANGE", "list", 0, -1)).toEqual(["old"]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test("What happens while the log is rewritten is in what it goes on with, and a transaction's rewrite waits for its end", async () => {
  const server = await start({ settings: { appendfsync: "always" } });
  const [client, other] = [await connect(server), await connect(server)];
  await fill(client);
  const replies = await client.pipeline([["MULTI"], ["INCR", "count"], ["BGREWRITEAOF"], ["INCR", "count"], ["EXEC"]]);
  expect(replies.at(-1)).toEqual([1, { simple: "Background append only file rewriting scheduled" }, 2]);
  await changeUntil(other, async () => (await info(client, "aof_rewrites")) === "1");
  await client.call("BGREWRITEAOF");
  const keys = ["count", ...Array.from({ length: 8_000 }, (_, i) => `key:${i}`)];
  const wanted = [await other.call("MGET", ...keys), await other.call("LLEN", "list"), await other.call("DBSIZE")];
  const again = await restart(server);
  expect([await again.call("MGET", ...keys), await again.call("LLEN", "list"), await again.call("DBSIZE")]).toEqual(
    wanted,
  );
  expect(readdirSync(folder)).not.toContainEqual(expect.stringContaining(".tmp"));
});

test("Without an append-only file, SAVE and an orderly end keep the data in dump.rdb", async () => {
  const options = { settings: { appendonly: "no" } };
  const server = await start(options);
  const client = await connect(server);
  await client.call("SET", "a", 1);
  expect(await client.call("SAVE")).toEqual({ simple: "OK" });
  await client.call("SET", "b", 2);
  const again = await restart(server, options);
  expect(await again.call("MGET", "a", "b")).toEqual(["1", "2"]);
  expect(existsSync(join(folder, "appendonlydir"))).toBe(false);
});

test("A dump.rdb alone is taken into a new append-only file", async () => {
  const server = await start({ settings: { appendonly: "no" } });
  await (await connect(server)).call("SET", "a", 1);
  const again = await restart(server);
  expect(await again.call("GET", "a")).toBe("1");
  rmSync(join(folder, "dump.rdb"));
  await again.call("SET", "b", 2);
  const third = await restart(servers.at(-1) ?? server);
  expect(await third.call("MGET", "a", "b")).toEqual(["1", "2"]);
});

test("CONFIG SET appendonly begins a log while the server runs", async () => {
  const server = await start({ settings: { appendonly: "no" } });
  const client = await connect(server);
  await client.call("SET", "a", 1);
  expect(await client.call("CONFIG", "SET", "appendonly", "yes")).toEqual({ simple: "OK" });
  await client.call("SET", "b", 2);
  rmSync(join(folder, "dump.rdb"), { force: true });
  expect(await (await restart(server)).call("MGET", "a", "b")).toEqual(["1", "2"]);
});

test("WAITAOF answers once what was written is on the disk, and needs an append-only file for that", async () => {
  const client = await connect(await start({ settings: { appendfsync: "no" } }));
  await client.call("SET", "k", "v");
  expect(await client.call("WAITAOF", 1, 0, 0)).toEqual([1, 0]);
  expect(await client.call("WAITAOF", 1, 1, 20)).toEqual([1, 0]);
  await client.call("CONFIG", "SET", "appendonly", "no");
  expect(await client.call("WAITAOF", 0, 0, 0)).toEqual([0, 0]);
  expect(await client.call("WAITAOF", 1, 0, 0)).toEqual({
    error: "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.",
  });
});

test("A second server on the folder is refused and names the first; after a crash the folder is free", async () => {
  const first = await startChildServer({ dataDirectory: folder });
  await expect(start()).rejects.toThrow(/The data folder .* is used by process \d+/);
  await first.kill();
  expect(existsSync(join(folder, "drydock-redis.lock"))).toBe(true);
  await expect(start()).resolves.toBeDefined();
  await expect(start()).rejects.toThrow("used by this process");
});

test("A log that is broken in its middle is refused with file and offset, and left alone", async () => {
  const server = await start();
  const client = await connect(server);
  for (const key of ["a", "b", "c"]) await client.call("SET", key, 1);
  await server.stop();
  const path = join(folder, "appendonlydir", "appendonly.aof.1.incr.aof");
  const bytes = readFileSync(path, "latin1").replace("$1\r\nb", "$9\r\nb");
  writeFileSync(path, bytes, "latin1");
  await expect(start()).rejects.toThrow(/appendonly\.aof\.1\.incr\.aof is broken at offset \d+/);
  expect(readFileSync(path, "latin1")).toBe(bytes);
});

test("A dump.rdb with a wrong checksum is refused", async () => {
  const options = { settings: { appendonly: "no" } };
  const server = await start(options);
  await (await connect(server)).call("SET", "a", "value");
  await server.stop();
  const path = join(folder, "dump.rdb");
  writeFileSync(path, readFileSync(path, "latin1").replace("value", "valve"), "latin1");
  copyFileSync(path, `${path}.copy`);
  await expect(start(options)).rejects.toThrow("wrong checksum");
});

test("A rule of the setting save writes dump.rdb by itself", async () => {
  const server = await start({ settings: { appendonly: "no", save: "1 2" } });
  const client = await connect(server);
  await client.pipeline([
    ["SET", "a", "1"],
    ["SET", "b", "2"],
  ]);
  await eventually(() => existsSync(join(folder, "dump.rdb")));
  expect(String(await client.call("INFO", "persistence"))).toContain("rdb_changes_since_last_save:0");
  expect(await client.call("CONFIG", "SET", "save", "1")).toEqual({ error: expect.stringContaining("Invalid save") });
});

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startRedis } from "../start-redis.ts";
import { RawClient } from "../testing/raw-client.ts";
import { startRealRedis, whyNoRealRedis } from "./testing/real-redis.ts";

const commands: readonly (readonly string[])[] = [
  ["SET", "a\xff", "\0\x01"],
  ["SET", "soon", "x", "PX", "1000000"],
  ["INCRBYFLOAT", "float", "0.1"],
  ["RPUSH", "list", "1", "2", "3"],
  ["LPOP", "list"],
  ["SADD", "set", "a", "b", "c", "d", "e"],
  ["SPOP", "set", "2"],
  ["ZADD", "zset", "1.5", "a", "2", "b"],
  ["HSET", "hash", "f", "v"],
  ["XADD", "stream", "*", "f", "v"],
  ["XGROUP", "CREATE", "stream", "g", "0"],
  ["XREADGROUP", "GROUP", "g", "ann", "STREAMS", "stream", ">"],
  ["EVAL", "redis.call('set', 'x', ARGV[1]) return redis.call('incr', 'y')", "0", "1"],
  ["MULTI"],
  ["SET", "t1", "1"],
  ["SET", "t2", "2"],
  ["EXEC"],
  ["SELECT", "4"],
  ["SET", "four", "4"],
  ["SELECT", "0"],
  ["FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function() return 7 end)"],
];

const questions: readonly (readonly string[])[] = [
  ["GET", "a\xff"],
  ["GET", "float"],
  ["LRANGE", "list", "0", "-1"],
  ["SORT", "set", "ALPHA"],
  ["ZRANGE", "zset", "0", "-1"],
  ["ZRANGEBYSCORE", "zset", "1.5", "1.5"],
  ["HGETALL", "hash"],
  ["XRANGE", "stream", "-", "+"],
  ["XPENDING", "stream", "g"],
  ["MGET", "x", "y", "t1", "t2"],
  ["DBSIZE"],
  ["FCALL", "f", "0"],
  ["SELECT", "4"],
  ["GET", "four"],
];

describe.skipIf(whyNoRealRedis)(`A data folder (${whyNoRealRedis ?? "with a real server"})`, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "redis-exchange-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const isRewritten of [false, true]) {
    test(`of the embedded server is loaded by a real one ${isRewritten ? "after a rewrite" : "as it grew"}`, async () => {
      const server = await startRedis({ dataDirectory: folder });
      const client = await RawClient.connect(server.port);
      await client.pipeline(commands);
      if (isRewritten) await client.call("BGREWRITEAOF");
      await client.call("SET", "x", "later");
      const expected = await client.pipeline(questions);
      client.close();
      await server.stop();
      const real = await startRealRedis(folder, ["--appendonly", "yes"]);
      try {
        const answers = [];
        for (const [name = "", ...args] of questions) {
          answers.push(await real.client.callBuffer(name, ...args.map((arg) => Buffer.from(arg, "latin1"))));
        }
        expect(plain(answers)).toEqual(plain(expected));
        await real.client.select(0);
        expect(await real.client.pttl("soon")).toBeGreaterThan(900_000);
      } finally {
        await real.stop();
      }
    });
  }

  test("of a real server is loaded by the embedded one", async () => {
    const real = await startRealRedis(folder, ["--appendonly", "yes", "--appendfsync", "always"]);
    const copy = mkdtempSync(join(tmpdir(), "redis-exchange-copy-"));
    try {
      for (const [name = "", ...args] of commands) {
        await real.client.call(name, ...args.map((arg) => Buffer.from(arg, "latin1")));
      }
      const expected = [];
      for (const [name = "", ...args] of questions) {
        expected.push(await real.client.callBuffer(name, ...args.map((arg) => Buffer.from(arg, "latin1"))));
      }
      cpSync(join(folder, "appendonlydir"), join(copy, "appendonlydir"), { recursive: true });
      const server = await startRedis({ dataDirectory: copy });
      const client = await RawClient.connect(server.port);
      expect(plain(await client.pipeline(questions))).toEqual(plain(expected));
      client.close();
      await server.stop();
    } finally {
      await real.stop();
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

/** Replies of both clients in one form: bytes as text, simple strings as their text. */
function plain(reply: unknown): unknown {
  if (Buffer.isBuffer(reply)) return reply.toString("latin1");
  if (Array.isArray(reply)) return reply.map(plain);
  if (typeof reply === "object" && reply !== null && "simple" in reply) return reply.simple;
  return reply;
}

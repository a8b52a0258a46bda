import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningRedis, startRedis } from "../start-redis.ts";
import { RawClient } from "../testing/raw-client.ts";
import { type RealRedis, startRealRedis, whyNoRealRedis } from "../testing/real-redis.ts";

const fill: readonly (readonly string[])[] = [
  ["SET", "string", "\0\xff"],
  ["SET", "number", "-123456"],
  ["SET", "long", "abc ".repeat(5000)],
  ["RPUSH", "list", "a", "\xff", "3"],
  ["SADD", "ints", "1", "-70000", "9000000000"],
  ["SADD", "set", "x", "y", "\0"],
  ["HSET", "hash", "f", "v", "g", "2"],
  ["ZADD", "zset", "1.5", "a", "-inf", "b", "3", "c"],
  ["XADD", "stream", "5-1", "a", "1"],
  ["XADD", "stream", "5-2", "b", "2", "c", "3"],
  ["XGROUP", "CREATE", "stream", "g", "0"],
  ["XREADGROUP", "GROUP", "g", "ann", "COUNT", "1", "STREAMS", "stream", ">"],
];
const keys = fill.map(([, key]) => key ?? "").filter((key) => key !== "CREATE" && key !== "GROUP");

describe.skipIf(whyNoRealRedis)(`DUMP and RESTORE (${whyNoRealRedis ?? "with a real server"})`, () => {
  let real: RealRedis;
  let ours: RunningRedis;
  let clients: readonly [RawClient, RawClient];
  beforeAll(async () => {
    [real, ours] = await Promise.all([startRealRedis(), startRedis()]);
    clients = [await RawClient.connect(real.port), await RawClient.connect(ours.port)];
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await Promise.all([real.stop(), ours.stop()]);
  });

  test("carry every type from each server to the other and back", async () => {
    const [theirs, own] = clients;
    await theirs.pipeline(fill);
    for (const key of keys) {
      const payload = await theirs.call("DUMP", key);
      expect([key, await own.call("RESTORE", key, 0, String(payload), "REPLACE")]).toEqual([key, { simple: "OK" }]);
      const back = await own.call("DUMP", key);
      expect([key, await theirs.call("RESTORE", `${key}:back`, 0, String(back), "REPLACE")]).toEqual([
        key,
        { simple: "OK" },
      ]);
      expect([key, await theirs.call("DEBUG", "DIGEST-VALUE", `${key}:back`)]).toEqual([
        key,
        await theirs.call("DEBUG", "DIGEST-VALUE", key),
      ]);
    }
  });

  test("refuse and expire alike", async () => {
    const payload = String(await clients[0].call("DUMP", "number"));
    const cases: readonly (readonly string[])[] = [
      ["RESTORE", "number", "0", payload],
      ["RESTORE", "new", "0", payload.slice(0, -1)],
      ["RESTORE", "new", "0", `${payload.slice(0, -1)}x`],
      ["RESTORE", "new", "-1", payload],
      ["RESTORE", "new", "x", payload],
      ["RESTORE", "new", "0", payload, "WHAT"],
      ["RESTORE", "new", "1", payload, "ABSTTL"],
      ["EXISTS", "new"],
      ["RESTORE", "new", "100000", payload],
      ["GET", "new"],
      ["DUMP", "none"],
    ];
    const [theirs, own] = await Promise.all(clients.map((client) => client.pipeline(cases)));
    expect(own).toEqual(theirs);
  });
});

import { eventually } from "@drydock/testing";
import { describe, expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

describe("Keys that expire", () => {
  test("are gone when looked for, and also when nobody looks", async () => {
    const client = await (await startTestServer()).connect();
    await client.pipeline(Array.from({ length: 100 }, (_, index) => ["SET", `k${index}`, "v", "PX", "15"]));
    await eventually(async () => (await client.call("DBSIZE")) === 0);
    expect(String(await client.call("INFO", "stats"))).toContain("expired_keys:100");
  });

  test("keep their time through a transaction that sees them all or none", async () => {
    const client = await (await startTestServer()).connect();
    await client.pipeline([
      ["SET", "a", "1", "EX", "100"],
      ["SET", "a", "2", "KEEPTTL"],
    ]);
    expect(await client.call("TTL", "a")).toBe(100);
    await client.call("RENAME", "a", "b");
    expect(await client.call("TTL", "b")).toBe(100);
    expect(await client.call("SET", "b", "3")).toEqual({ simple: "OK" });
    expect(await client.call("TTL", "b")).toBe(-1);
  });
});

describe("Fields of a hash that expire (Redis 7.4, HEXPIRE)", () => {
  test("answer by codes for each field", async () => {
    const client = await (await startTestServer()).connect();
    await client.call("HSET", "h", "a", "1", "b", "2", "c", "3");
    expect(await client.call("HEXPIRE", "h", "100", "FIELDS", "2", "a", "nothing")).toEqual([1, -2]);
    expect(await client.call("HEXPIRE", "h", "50", "GT", "FIELDS", "1", "a")).toEqual([0]);
    expect(await client.call("HEXPIRE", "h", "50", "LT", "FIELDS", "2", "a", "b")).toEqual([1, 1]);
    expect(await client.call("HTTL", "h", "FIELDS", "3", "a", "c", "x")).toEqual([50, -1, -2]);
    expect(await client.call("HPERSIST", "h", "FIELDS", "2", "a", "c")).toEqual([1, -1]);
    expect(await client.call("HEXPIREAT", "h", "1", "FIELDS", "1", "c")).toEqual([2]);
    expect(await client.call("HGETALL", "h")).toEqual(["a", "1", "b", "2"]);
    expect(await client.call("HTTL", "nothing", "FIELDS", "1", "a")).toEqual([-2]);
  });

  test("go at their time, with the hash when it is empty then", async () => {
    const client = await (await startTestServer()).connect();
    await client.call("HSET", "h", "a", "1", "b", "2");
    await client.call("HPEXPIRE", "h", "10", "FIELDS", "1", "a");
    await eventually(async () => (await client.call("HLEN", "h")) === 1);
    await client.call("HPEXPIRE", "h", "10", "FIELDS", "1", "b");
    await eventually(async () => (await client.call("DBSIZE")) === 0);
  });

  test("lose their time when they are set again, and get one by HSETEX and HGETEX", async () => {
    const client = await (await startTestServer()).connect();
    expect(await client.call("HSETEX", "h", "EX", "100", "FIELDS", "2", "a", "1", "b", "2")).toBe(1);
    expect(await client.call("HSETEX", "h", "FNX", "FIELDS", "1", "a", "9")).toBe(0);
    await client.call("HSET", "h", "a", "3");
    expect(await client.call("HTTL", "h", "FIELDS", "2", "a", "b")).toEqual([-1, 100]);
    expect(await client.call("HGETEX", "h", "PERSIST", "FIELDS", "1", "b")).toEqual(["2"]);
    expect(await client.call("HGETDEL", "h", "FIELDS", "2", "a", "b")).toEqual(["3", "2"]);
    expect(await client.call("EXISTS", "h")).toBe(0);
  });
});

describe("A memory limit", () => {
  test("refuses writes when nothing may be evicted", async () => {
    const client = await (await startTestServer({ settings: { maxmemory: "2kb" } })).connect();
    await client.call("SET", "a", "x".repeat(3000));
    expect(await client.call("SET", "b", "x")).toEqual({
      error: "OOM command not allowed when used memory > 'maxmemory'.",
    });
    expect(await client.call("DEL", "a")).toBe(1);
    expect(await client.call("SET", "b", "x")).toEqual({ simple: "OK" });
  });

  test.each(["allkeys-lru", "allkeys-lfu", "allkeys-random"])("evicts keys by %s", async (policy) => {
    const client = await (
      await startTestServer({ settings: { maxmemory: "100kb", "maxmemory-policy": policy } })
    ).connect();
    await client.pipeline(Array.from({ length: 1000 }, (_, index) => ["SET", `k${index}`, "x".repeat(500)]));
    const left = Number(await client.call("DBSIZE"));
    expect(left).toBeGreaterThan(100);
    expect(left).toBeLessThan(200);
  });

  test("evicts only keys with an expiry by volatile-ttl, the soonest first", async () => {
    const settings = { maxmemory: "20kb", "maxmemory-policy": "volatile-ttl", "maxmemory-samples": "64" };
    const client = await (await startTestServer({ settings })).connect();
    await client.call("SET", "kept", "x".repeat(5000));
    await client.call("SET", "late", "x".repeat(5000), "EX", "1000");
    await client.call("SET", "soon", "x".repeat(5000), "EX", "10");
    await client.call("SET", "more", "x".repeat(6000));
    await client.call("SET", "last", "x");
    expect(await client.call("EXISTS", "kept", "late", "more", "last")).toBe(4);
    expect(await client.call("EXISTS", "soon")).toBe(0);
  });
});

import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { ByteReader } from "../byte-reader.ts";
import { ByteWriter } from "../byte-writer.ts";
import { dumpLibraries, dumpValue, restoreLibraries, restoreValue } from "../dump-payload.ts";
import { type RealRedis, startRealRedis, whyNoRealRedis } from "../testing/real-redis.ts";
import { type KeyRecord, readRdb } from "./read-rdb.ts";
import { type Snapshot, writeRdb } from "./write-rdb.ts";

const running: RealRedis[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(folder?: string, settings?: readonly string[]): Promise<RealRedis> {
  const server = await startRealRedis(folder, settings);
  running.push(server);
  return server;
}

function readFile(path: string): Snapshot {
  const file = openSync(path, "r");
  const keys: KeyRecord[] = [];
  const libraries: string[] = [];
  readRdb(new ByteReader((into) => readSync(file, into)), {
    key: (record) => keys.push(record),
    library: (code) => libraries.push(code),
  });
  closeSync(file);
  const indexes = [...new Set(keys.map(({ database }) => database))];
  const databases = indexes.map((index) => {
    const own = keys.filter(({ database }) => database === index);
    return {
      index,
      size: own.length,
      expiringSize: own.filter(({ expiresAt }) => expiresAt !== 0).length,
      entries: () => own,
    };
  });
  return { databases, libraries };
}

function writeFile(path: string, snapshot: Snapshot): void {
  const file = openSync(path, "w");
  writeRdb(new ByteWriter((chunk) => writeSync(file, chunk)), snapshot, { "redis-ver": "7.4.2" });
  closeSync(file);
}

/** Values of every type, small and large, with every kind of string. */
async function fill({ client }: RealRedis): Promise<void> {
  const long = Buffer.alloc(20_000, "abc\0\xff", "latin1");
  const text = (seed: number): string =>
    seed % 3 === 0 ? String(seed * 7919 - 50_000) : `value ${seed} `.repeat(seed % 9);
  await client.mset({
    small: "1",
    negative: "-129",
    int16: "-32768",
    int32: "2147483647",
    int64: "-9223372036854775808",
  });
  await client.mset({ empty: "", zero: "007", long, "key \0\xff": "binary", half: "x".repeat(70) });
  await client.pexpire("half", 10_000_000);
  for (const count of [3, 600]) {
    const numbers = Array.from({ length: count }, (_, i) => i);
    await client.rpush(`list:${count}`, ...numbers.map(text), long);
    await client.sadd(`set:${count}`, ...numbers.map((i) => `${text(i)}${i}`));
    await client.sadd(`ints:${count}`, ...numbers.map((i) => String((i - 1) * 70_000 ** (i % 4))));
    await client.hset(`hash:${count}`, ...numbers.flatMap((i) => [`field ${i}`, text(i)]));
    await client.zadd(
      `zset:${count}`,
      ...numbers.flatMap((i) => [(i - 5) / 3, `member ${i}`]),
      "inf",
      "top",
      "-inf",
      "low",
    );
    for (const i of numbers)
      await client.xadd(`stream:${count}`, `${1000 + i}-${i % 3}`, "a", text(i), i % 7 === 0 ? "b" : "c", "x");
    await client.xdel(`stream:${count}`, "1001-1");
  }
  await client.xgroup("CREATE", "stream:600", "workers", "0");
  await client.xreadgroup("GROUP", "workers", "ann", "COUNT", 5, "STREAMS", "stream:600", ">");
  await client.xreadgroup("GROUP", "workers", "bob", "COUNT", 3, "STREAMS", "stream:600", ">");
  await client.xack("stream:600", "workers", "1000-0", "1003-0");
  await client.xgroup("CREATE", "stream:3", "idle", "$");
  await client.select(3);
  await client.set("elsewhere", "here");
  await client.select(0);
  await client.call("FUNCTION", "LOAD", "#!lua name=mine\nredis.register_function('f', function() return 1 end)");
}

describe.skipIf(whyNoRealRedis)(`A real redis-server (${whyNoRealRedis ?? "found"})`, () => {
  for (const settings of [[], ["--rdbcompression", "no", "--rdbchecksum", "no"]]) {
    test(`loads what was read from its own file and written again ${settings.join(" ")}`, async () => {
      const first = await start(undefined, settings);
      await fill(first);
      await first.client.save();
      const snapshot = readFile(join(first.folder, "dump.rdb"));
      const folder = await mkdtemp(join(tmpdir(), "real-redis-"));
      writeFile(join(folder, "dump.rdb"), snapshot);
      const second = await start(folder);
      expect(await second.client.call("DEBUG", "DIGEST")).toBe(await first.client.call("DEBUG", "DIGEST"));
      expect(await second.client.dbsize()).toBe(await first.client.dbsize());
      expect(await second.client.pttl("half")).toBeGreaterThan(9_000_000);
      // The first six say how Redis keeps it in memory.
      const describeStream = async ({ client }: RealRedis) => {
        const description: unknown = await client.xinfo("STREAM", "stream:600", "FULL");
        return Array.isArray(description) ? description.slice(6) : undefined;
      };
      expect(await describeStream(second)).toEqual(await describeStream(first));
      expect(await second.client.call("FCALL", "f", 0)).toBe(1);
    });
  }

  test("restores our payloads, and its own are restored here", async () => {
    const real = await start();
    await fill(real);
    // A digest tells whether there is an expiry, a payload does not hold it.
    await real.client.persist("half");
    for (const key of await real.client.keys("*")) {
      const payload = (await real.client.dumpBuffer(key))?.toString("latin1") ?? "";
      const value = restoreValue(payload);
      if (value === undefined) throw new Error(`${key} is not restored`);
      await real.client.restore(`copy:${key}`, 0, Buffer.from(dumpValue(value), "latin1"));
      const digest = (name: string) => real.client.call("DEBUG", "DIGEST-VALUE", name);
      expect([key, await digest(`copy:${key}`)]).toEqual([key, await digest(key)]);
    }
    const functions = await real.client.callBuffer("FUNCTION", "DUMP");
    const codes = restoreLibraries(Buffer.isBuffer(functions) ? functions.toString("latin1") : "");
    expect(codes).toHaveLength(1);
    expect(
      await real.client.call("FUNCTION", "RESTORE", Buffer.from(dumpLibraries(codes ?? []), "latin1"), "FLUSH"),
    ).toBe("OK");
    expect(await real.client.call("FCALL", "f", 0)).toBe(1);
  });
});

import type { Redis } from "ioredis";
import { openRedis } from "./open-redis.ts";
import { madeKeys } from "./redis-target.ts";

const scannedAtOnce = 1_000;

/**
 * The shortest time that a key which seeding made has still to live, in milliseconds, among all of a Redis server's databases; undefined where none
 * expires. Keys of others do not count: a job queue's locks live for seconds. @throws the driver's error
 */
export async function shortestSeededTtl(uri: string): Promise<number | undefined> {
  const client = await openRedis(uri);
  try {
    // db0:keys=50,expires=10,avg_ttl=1000 (Redis commands, INFO, keyspace)
    const databases = [...(await client.info("keyspace")).matchAll(/^db(\d+):.*\bexpires=[1-9]/gm)];
    let shortest: number | undefined;
    for (const [, number = "0"] of databases) {
      await client.select(Number(number));
      for await (const sets of pages((cursor) => client.scan(cursor, "MATCH", madeKeys("*"), "COUNT", scannedAtOnce)))
        for (const set of sets)
          for await (const keys of pages((cursor) => client.sscan(set, cursor, "COUNT", scannedAtOnce)))
            for (const ttl of await ttlsOf(client, keys)) shortest = Math.min(shortest ?? ttl, ttl);
    }
    return shortest;
  } finally {
    client.disconnect();
  }
}

/** What a command of the SCAN family gives, page by page. */
async function* pages(scan: (cursor: string) => Promise<[cursor: string, found: string[]]>): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const [next, found] = await scan(cursor);
    cursor = next;
    yield found;
  } while (cursor !== "0");
}

async function ttlsOf(client: Redis, keys: readonly string[]): Promise<readonly number[]> {
  const pipeline = client.pipeline();
  for (const key of keys) pipeline.pttl(key);
  return ((await pipeline.exec()) ?? []).flatMap(([, ttl]) => (typeof ttl === "number" && ttl > 0 ? [ttl] : []));
}

import { openRedis } from "./open-redis.ts";

const scannedAtOnce = 1_000;

/** The shortest time that a key of a Redis server has still to live, in milliseconds, among all its databases; undefined where none expires. @throws the driver's error */
export async function shortestTtl(uri: string): Promise<number | undefined> {
  const client = await openRedis(uri);
  try {
    // db0:keys=50,expires=10,avg_ttl=1000 (Redis commands, INFO, keyspace)
    const databases = [...(await client.info("keyspace")).matchAll(/^db(\d+):.*\bexpires=([1-9]\d*)/gm)];
    let shortest: number | undefined;
    for (const [, number = "0"] of databases) {
      await client.select(Number(number));
      let cursor = "0";
      do {
        const [next, keys] = await client.scan(cursor, "COUNT", scannedAtOnce);
        cursor = next;
        const pipeline = client.pipeline();
        for (const key of keys) pipeline.pttl(key);
        for (const [, ttl] of (await pipeline.exec()) ?? [])
          if (typeof ttl === "number" && ttl > 0) shortest = Math.min(shortest ?? ttl, ttl);
      } while (cursor !== "0");
    }
    return shortest;
  } finally {
    client.disconnect();
  }
}

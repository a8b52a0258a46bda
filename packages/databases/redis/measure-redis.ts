import type { MeasuredDatabase } from "../measured-database.ts";
import { openRedis } from "./open-redis.ts";

/** The databases of a Redis server that have keys; the bytes are those of the whole server, at the first. @throws the driver's error */
export async function measureRedis(uri: string): Promise<readonly MeasuredDatabase[]> {
  const client = await openRedis(uri);
  try {
    const [memory, keyspace] = await Promise.all([client.info("memory"), client.info("keyspace")]);
    const bytes = Number(/^used_memory:(\d+)/m.exec(memory)?.[1] ?? 0);
    // `db0:keys=50,expires=0,avg_ttl=0` (Redis commands, INFO).
    return [...keyspace.matchAll(/^db(\d+):keys=(\d+)/gm)].map(([, name = "0", keys = "0"], index) => ({
      name,
      bytes: index === 0 ? bytes : 0,
      holds: `${Number(keys).toLocaleString("en")} ${keys === "1" ? "key" : "keys"}`,
      datasets: [],
    }));
  } finally {
    client.disconnect();
  }
}

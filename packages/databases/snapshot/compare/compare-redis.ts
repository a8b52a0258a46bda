import type { Redis } from "ioredis";
import { withRedis } from "../save-redis.ts";
import { DifferenceCount, type GroupDifference } from "./difference.ts";
import { contentOf, textOf } from "./redis-content.ts";

const keysAtOnce = 500;

/** Compares the keys of two servers, database by database: values and expiry. Only what differs is in the result. @throws the driver's errors */
export function compareRedis(before: string, after: string, signal: AbortSignal): Promise<readonly GroupDifference[]> {
  return withRedis(before, (old) =>
    withRedis(after, async (now) => {
      const numbers = new Set([...(await databasesOf(old)), ...(await databasesOf(now))]);
      const groups: GroupDifference[] = [];
      for (const number of [...numbers].sort((a, b) => a - b)) {
        await Promise.all([old.select(number), now.select(number)]);
        const group = await compareKeys(old, now, number, signal);
        if (group) groups.push(group);
      }
      return groups;
    }),
  );
}

async function compareKeys(old: Redis, now: Redis, number: number, signal: AbortSignal) {
  const count = new DifferenceCount(`database ${number}`);
  for await (const keys of scan(old)) {
    signal.throwIfAborted();
    await Promise.all(
      keys.map(async (key) => {
        const [one, other] = await Promise.all([contentOf(old, key), contentOf(now, key)]);
        if (one === other || one === undefined) return;
        await count.add(other === undefined ? "removed" : "changed", async () => ({
          key: key.toString(),
          before: await textOf(old, key),
          ...(other === undefined ? {} : { after: await textOf(now, key) }),
        }));
      }),
    );
  }
  for await (const keys of scan(now)) {
    signal.throwIfAborted();
    const known = await Promise.all(keys.map((key) => old.exists(key)));
    for (const [index, key] of keys.entries())
      if (known[index] === 0)
        await count.add("added", async () => ({ key: key.toString(), after: await textOf(now, key) }));
  }
  return count.result({ added: [], removed: [] });
}

/** Every key once: SCAN may give one twice while its table grows, and nothing writes to a copy, but to the live server (Redis commands, SCAN). */
async function* scan(client: Redis): AsyncGenerator<readonly Buffer[]> {
  const seen = new Set<string>();
  let cursor: string | Buffer = "0";
  do {
    const [next, keys]: [Buffer, Buffer[]] = await client.scanBuffer(cursor, "COUNT", keysAtOnce);
    const fresh = keys.filter((key) => !seen.has(key.toString("latin1")));
    for (const key of fresh) seen.add(key.toString("latin1"));
    yield fresh;
    cursor = next.toString();
  } while (cursor !== "0");
}

async function databasesOf(client: Redis): Promise<readonly number[]> {
  return [...(await client.info("keyspace")).matchAll(/^db(\d+):/gm)].map(([, number]) => Number(number));
}

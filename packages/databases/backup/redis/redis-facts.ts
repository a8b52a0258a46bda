import type { Redis } from "ioredis";
import { openRedis } from "../../redis/open-redis.ts";
import type { KeyspaceFacts } from "../manifest.ts";
import { ContentSum } from "../mongo/content-sum.ts";
import { familyOfType } from "./rdb-format.ts";
import type { RdbEntry } from "./read-rdb.ts";

/** Counts the keys of an RDB file as they go by. */
export class KeyspaceCount {
  readonly #counts = new Map<number, { readonly lasting: ContentSum; expiring: number }>();

  add(entry: RdbEntry): void {
    if (entry.kind === "key")
      this.addKey(entry.database, entry.key, familyOfType[entry.type] ?? "", entry.expiresAt !== undefined);
  }

  addKey(database: number, key: Buffer, family: string, expires: boolean): void {
    const count = this.#counts.get(database) ?? { lasting: new ContentSum(), expiring: 0 };
    this.#counts.set(database, count);
    if (expires) count.expiring++;
    else count.lasting.add(Buffer.concat([Buffer.from(`${family} `), key]));
  }

  get facts(): readonly KeyspaceFacts[] {
    return [...this.#counts]
      .toSorted(([a], [b]) => a - b)
      .map(([number, { lasting, expiring }]) => ({
        number,
        keys: lasting.count + expiring,
        expiring,
        sum: lasting.hex,
      }));
  }
}

const keysAtOnce = 1_000;

/** The databases of a server that have keys. @throws the driver's error */
export async function keyspacesOf(client: Redis): Promise<readonly number[]> {
  return [...(await client.info("keyspace")).matchAll(/^db(\d+):/gm)].map(([, number]) => Number(number));
}

/** Every key of the current database, some at a time; each once. @throws the driver's error */
export async function* scanKeys(client: Redis): AsyncGenerator<readonly Buffer[]> {
  // SCAN may give a key twice while its table grows or shrinks (Redis commands, SCAN).
  const seen = new Set<string>();
  let cursor: string = "0";
  do {
    const [next, keys]: [Buffer, Buffer[]] = await client.scanBuffer(cursor, "COUNT", keysAtOnce);
    const fresh = keys.filter((key) => !seen.has(key.toString("latin1")));
    for (const key of fresh) seen.add(key.toString("latin1"));
    if (fresh.length > 0) yield fresh;
    cursor = next.toString();
  } while (cursor !== "0");
}

/** Counts the keys that a server has. @throws the driver's error */
export async function readRedisFacts(uri: string, signal: AbortSignal): Promise<readonly KeyspaceFacts[]> {
  const client = await openRedis(uri);
  const count = new KeyspaceCount();
  try {
    for (const number of await keyspacesOf(client)) {
      await client.select(number);
      for await (const keys of scanKeys(client)) {
        signal.throwIfAborted();
        const pipeline = client.pipeline();
        for (const key of keys) pipeline.type(key).pttl(key);
        const answers = (await pipeline.exec()) ?? [];
        for (const [at, key] of keys.entries()) {
          const [type, ttl] = [answers[at * 2]?.[1], Number(answers[at * 2 + 1]?.[1])];
          if (type !== "none" && ttl !== -2) count.addKey(number, key, String(type), ttl >= 0);
        }
      }
    }
    return count.facts;
  } finally {
    client.disconnect();
  }
}

/** How a server's keys differ from those wanted, in sentences; keys that expire may be fewer. */
export function compareKeyspaces(wanted: readonly KeyspaceFacts[], found: readonly KeyspaceFacts[]): readonly string[] {
  return wanted.flatMap(({ number, keys, expiring, sum }) => {
    const other = found.find((each) => each.number === number) ?? { keys: 0, expiring: 0, sum: "" };
    const [lasting, there] = [keys - expiring, other.keys - other.expiring];
    if (lasting !== there) return [`database ${number} has ${there} lasting keys instead of ${lasting}`];
    if (lasting > 0 && other.sum !== sum) return [`database ${number} has as many keys, and not the same`];
    return other.expiring > expiring ? [`database ${number} has more keys that expire`] : [];
  });
}

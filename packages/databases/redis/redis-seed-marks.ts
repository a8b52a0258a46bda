import type { Redis } from "ioredis";
import type { FoundPlace, SeedMark } from "../seed/write/plan-seed.ts";
import { openRedis } from "./open-redis.ts";
import { madeKeys } from "./redis-target.ts";

const marksKey = "_drydock:seed";
const removedAtOnce = 1_000;

/** What was seeded into a Redis database, kept in the database itself: a hash with a field for each entry, and the keys that it made. */
export class RedisSeedMarks {
  readonly #client: Redis;

  private constructor(client: Redis) {
    this.#client = client;
  }

  /** @throws the driver's error */
  static async open({ uri }: { readonly uri: string }): Promise<RedisSeedMarks> {
    return new RedisSeedMarks(await openRedis(uri));
  }

  async find(entries: readonly string[]): Promise<readonly FoundPlace[]> {
    if (entries.length === 0) return [];
    const texts = await this.#client.hmget(marksKey, ...entries);
    return entries.map((name, at) => {
      const mark = parse(texts[at]);
      return { kind: "keys", name, isEmpty: mark === undefined, mark };
    });
  }

  /** One mark, as it was noted. */
  async read(entry: string): Promise<SeedMark | undefined> {
    return parse(await this.#client.hget(marksKey, entry));
  }

  async note(mark: SeedMark): Promise<void> {
    await this.#client.hset(marksKey, mark.name, JSON.stringify(mark));
  }

  /** Removes the keys that an entry made. */
  async empty(entry: string): Promise<void> {
    for (;;) {
      const keys = await this.#client.srandmember(madeKeys(entry), removedAtOnce);
      if (keys.length === 0) break;
      await this.#client
        .pipeline()
        .unlink(...keys)
        .srem(madeKeys(entry), ...keys)
        .exec();
    }
    await this.#client.hdel(marksKey, entry);
  }

  close(): void {
    this.#client.disconnect();
  }
}

/** Written by `note`, in this form. */
const parse = (text: string | null | undefined): SeedMark | undefined =>
  typeof text === "string" ? (JSON.parse(text) as SeedMark) : undefined;

import type { Redis } from "ioredis";
import { keyExists } from "../seed/errors.ts";
import type { MadeKey } from "../seed/generate/generation.ts";
import type { Written } from "../seed/write/worker-protocol.ts";
import { openRedis } from "./open-redis.ts";

/** The set of the keys that an entry has made: `--reset` removes these and no others. */
export const madeKeys = (entry: string): string => `_drydock:keys:${entry}`;

/** A Redis database that keys are written to. */
export class RedisTarget {
  readonly #client: Redis;

  private constructor(client: Redis) {
    this.#client = client;
  }

  /** @throws the driver's error */
  static async open({ uri }: { readonly uri: string }): Promise<RedisTarget> {
    return new RedisTarget(await openRedis(uri));
  }

  /** Writes keys in two turns: which of them are there, then all of them. @throws DevError KEY_EXISTS, the server's error */
  async write(entry: string, keys: readonly MadeKey[], mayExist: boolean): Promise<Written> {
    if (keys.length === 0) return { written: 0, bytes: 0 };
    if (!mayExist) await this.#refuseForeign(entry, keys);
    const pipeline = this.#client.pipeline();
    // Noted first: a key that is written and not noted would be nobody's.
    pipeline.sadd(madeKeys(entry), ...keys.map(({ key }) => key));
    let bytes = 0;
    for (const { key, value } of keys) {
      pipeline.del(key);
      for (const [command, ...words] of value.commands) {
        pipeline.call(command, key, ...words.map(binary));
        bytes += words.reduce<number>((sum, word) => sum + (typeof word === "number" ? 8 : word.length), key.length);
      }
      if (value.expiresInMs !== undefined) pipeline.pexpire(key, value.expiresInMs);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    return { written: keys.length, bytes };
  }

  command(command: string, words: readonly (string | number)[]): Promise<unknown> {
    return this.#client.call(command, ...words);
  }

  close(): void {
    this.#client.disconnect();
  }

  async #refuseForeign(entry: string, keys: readonly MadeKey[]): Promise<void> {
    const pipeline = this.#client.pipeline();
    for (const { key } of keys) pipeline.exists(key).sismember(madeKeys(entry), key);
    const answers = (await pipeline.exec()) ?? [];
    const foreign = keys.find((_, at) => answers[at * 2]?.[1] === 1 && answers[at * 2 + 1]?.[1] !== 1);
    if (foreign) throw keyExists(foreign.key);
  }
}

const binary = (word: string | number | Uint8Array): string | number | Buffer =>
  word instanceof Uint8Array ? Buffer.from(word) : word;

import type { Redis } from "ioredis";
import { openRedis } from "../../redis/open-redis.ts";
import { crc64 } from "../crc64.ts";
import type { RdbEntry, RdbKey } from "./read-rdb.ts";
import { keyspacesOf } from "./redis-facts.ts";

/** How keys are loaded. */
export interface LoadRedisOptions {
  /**
   * True: the keys are loaded into databases that are empty, which then change places with those that are there. False: into an empty server.
   */
  readonly isAside: boolean;
  onKeys(count: number, bytes: number): void;
  at(step: string): void;
  readonly signal: AbortSignal;
}

// RESTORE refuses a version above its own, and reads each type of value whatever the version: the lowest that has all types is taken by any server
// (cluster.c, `verifyDumpPayload`).
const payloadVersion = 9;
const bytesAtOnce = 8_000_000;
const marker = "_drydock:restoring";

/** Loads the keys of an RDB file into a server, of whatever version, one by one. @throws the server's error with the key, what the entries throw */
export async function loadRedis(
  uri: string,
  entries: AsyncIterable<readonly RdbEntry[]>,
  options: LoadRedisOptions,
): Promise<void> {
  const client = await openRedis(uri);
  const loader = new Loader(client, options);
  try {
    if (options.isAside) await loader.finishInterrupted();
    for await (const batch of entries) {
      options.signal.throwIfAborted();
      await loader.take(batch);
    }
    await loader.flush();
    options.at("loaded");
    if (options.isAside) await loader.exchange();
  } catch (error) {
    if (options.isAside) await loader.removeAside().catch(() => undefined); // the next restore removes it
    throw error;
  } finally {
    client.disconnect();
  }
}

class Loader {
  readonly #client: Redis;
  readonly #options: LoadRedisOptions;
  /** Where the keys of a database are loaded. */
  readonly #places = new Map<number, number>();
  readonly #functions: Buffer[] = [];
  #occupied: readonly number[] | undefined;
  #current: number | undefined;
  #batch: RdbKey[] = [];
  #bytes = 0;

  constructor(client: Redis, options: LoadRedisOptions) {
    this.#client = client;
    this.#options = options;
  }

  async take(entries: readonly RdbEntry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.kind === "function") {
        this.#functions.push(entry.code);
        continue;
      }
      if (entry.database !== this.#current) {
        await this.flush();
        this.#current = entry.database;
        await this.#client.select(await this.#placeOf(entry.database));
      }
      this.#batch.push(entry);
      this.#bytes += entry.value.length + entry.key.length;
      if (this.#bytes > bytesAtOnce) await this.flush();
    }
    if (!this.#options.isAside) await this.#loadFunctions();
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    const pipeline = this.#client.pipeline();
    for (const { key, type, value, expiresAt } of batch)
      pipeline.call("RESTORE", key, String(expiresAt ?? 0), payload(type, value), "REPLACE", "ABSTTL");
    const answers = (await pipeline.exec()) ?? [];
    for (const [at, [error]] of answers.entries())
      if (error) throw new Error(`key ${batch[at]?.key.toString() ?? ""}: ${error.message}`);
    this.#options.onKeys(batch.length, this.#bytes);
    this.#batch = [];
    this.#bytes = 0;
  }

  /** All at once: every database changes places with what was loaded for it, and the others are emptied (Redis commands, MULTI). */
  async exchange(): Promise<void> {
    await this.#client.select(0);
    const occupied = (await this.#occupiedDatabases()).filter((number) => !this.#places.has(number));
    const transaction = this.#client.multi();
    for (const [number, place] of this.#places) transaction.swapdb(number, place).select(place).flushdb();
    for (const number of occupied) transaction.select(number).flushdb();
    for (const [number] of this.#places) transaction.select(number).del(marker);
    await transaction.exec();
    this.#places.clear();
    await this.#loadFunctions();
    this.#options.at("swapped");
  }

  async removeAside(): Promise<void> {
    for (const place of this.#places.values()) {
      await this.#client.select(place);
      await this.#client.flushdb();
    }
  }

  /** Databases that a load filled which did not end: they have its mark. */
  async finishInterrupted(): Promise<void> {
    for (const number of await keyspacesOf(this.#client)) {
      await this.#client.select(number);
      if ((await this.#client.exists(marker)) === 1) await this.#client.flushdb();
    }
  }

  async #placeOf(database: number): Promise<number> {
    if (!this.#options.isAside) return database;
    const known = this.#places.get(database);
    if (known !== undefined) return known;
    const occupied = await this.#occupiedDatabases();
    const taken = new Set([...occupied, ...this.#places.values(), ...this.#places.keys(), database]);
    const answer: unknown = await this.#client.config("GET", "databases");
    const limit = Number(Array.isArray(answer) ? answer[1] : 16);
    const place = Array.from({ length: limit }, (_, number) => limit - 1 - number).find((number) => !taken.has(number));
    if (place === undefined)
      throw new Error(`the server has no empty database in which database ${database} could be loaded`);
    this.#places.set(database, place);
    await this.#client.select(place);
    await this.#client.set(marker, "1");
    return place;
  }

  async #occupiedDatabases(): Promise<readonly number[]> {
    this.#occupied ??= await keyspacesOf(this.#client);
    return this.#occupied;
  }

  async #loadFunctions(): Promise<void> {
    for (const code of this.#functions.splice(0)) await this.#client.call("FUNCTION", "LOAD", "REPLACE", code);
  }
}

/** What DUMP would give of it: type and value, a version, a checksum (cluster.c, `createDumpPayload`). */
function payload(type: number, value: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([type]), value, Buffer.from([payloadVersion, 0])]);
  const crc = crc64("redis");
  crc.update(body);
  return Buffer.concat([body, crc.bytes()]);
}

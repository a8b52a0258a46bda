import { DevError } from "@drydock/core";
import { ownDatabases } from "../snapshot/compare/mongo-catalog.ts";
import { backupDamaged, loadFailed, placingFailed, restoredDiffers } from "./errors.ts";
import type { BackedUpDatabase, BackedUpMongo, BackedUpRedis, BackupPart, CollectionFacts } from "./manifest.ts";
import { canaryPart, checkCanary, readCanary } from "./mongo/canary.ts";
import { ContentSum } from "./mongo/content-sum.ts";
import type { DumpPiece } from "./mongo/dump-piece.ts";
import { isWanted, loadMongo, PlacingFailed } from "./mongo/load-mongo.ts";
import { compareCollections, readMongoFacts } from "./mongo/mongo-facts.ts";
import { type DumpFile, readDump } from "./mongo/read-dump.ts";
import { BrokenBson } from "./mongo/split-bson.ts";
import type { BackupProgress } from "./part-writer.ts";
import { type PartSource, readPart } from "./parts/read-part.ts";
import { loadRedis } from "./redis/load-redis.ts";
import { BrokenRdb } from "./redis/rdb-window.ts";
import { readRdb } from "./redis/read-rdb.ts";
import { compareKeyspaces, KeyspaceCount, readRedisFacts } from "./redis/redis-facts.ts";

/** How the data of a backup is loaded into a server. */
export interface LoadOrder {
  readonly uri: string;
  /** Collections by name (`users`, `shop.users`); empty: all. Redis is then left alone. */
  readonly only: readonly string[];
  /** See `LoadMongoOptions`. */
  readonly isAside: boolean;
  report(progress: BackupProgress): void;
  at(step: string): void;
  readonly signal: AbortSignal;
}

/**
 * Loads one server's part of a backup into a server, and checks on the way that what is read is what was backed up.
 * @throws DevError BACKUP_DAMAGED naming the part, BACKUP_KEY, LOAD_FAILED
 */
export async function loadBackup(source: PartSource, database: BackedUpDatabase, order: LoadOrder): Promise<void> {
  return database.kind === "mongo" ? loadMongoPart(source, database, order) : loadRedisPart(source, database, order);
}

/** Compares a server with what was backed up: counts, hashes, indexes, the canary. `outcome` tells a person what state things are in where it differs. @throws DevError RESTORED_DIFFERS, the driver's error */
export async function compareWithBackup(
  source: PartSource,
  database: BackedUpDatabase,
  { uri, only, signal }: Pick<LoadOrder, "uri" | "only" | "signal">,
  outcome: string,
): Promise<void> {
  const { id } = source.manifest;
  if (database.kind === "redis") {
    const differences = compareKeyspaces(database.keyspaces, await readRedisFacts(uri, signal));
    if (differences.length > 0) throw restoredDiffers(id, differences, outcome);
    return;
  }
  const wanted = database.collections.filter((each) => isWanted(each, only));
  const differences = [...compareCollections(wanted, await readMongoFacts(uri, signal))];
  const part = source.manifest.parts.find(({ name }) => name.replace(/\.age$/, "") === canaryPart(database.service));
  if (part) {
    const canary = readCanary((await wholeOf(source, part)).toString("utf8"));
    const problem = isWanted(canary, only) ? await checkCanary(uri, canary) : undefined;
    if (problem !== undefined) differences.push(problem);
  }
  if (differences.length > 0) throw restoredDiffers(id, differences, outcome);
}

/** Reads the first part, and so finds a wrong key before anything else is begun. @throws DevError BACKUP_KEY, BACKUP_DAMAGED */
export async function tryKey(source: PartSource): Promise<void> {
  const smallest = source.manifest.parts.toSorted((a, b) => a.bytes - b.bytes)[0];
  if (smallest) await wholeOf(source, smallest);
}

async function loadMongoPart(source: PartSource, database: BackedUpMongo, order: LoadOrder): Promise<void> {
  const { service } = database;
  const reading = new CurrentPart(source);
  const files = source.files ?? partsOf(source, service).map((part) => reading.file(service, part));
  const wanted = database.collections.filter((each) => isWanted(each, order.only));
  const total = wanted.reduce((sum, { documents }) => sum + documents, 0);
  let done = 0;
  const counted = new Map<string, ContentSum>();
  async function* pieces(): AsyncGenerator<DumpPiece> {
    for await (const piece of readDump(files)) {
      // Users and roles of another server are not this one's.
      if (ownDatabases.has(piece.namespace.database)) continue;
      const name = `${piece.namespace.database}.${piece.namespace.name}`;
      const sum = counted.get(name) ?? new ContentSum();
      counted.set(name, sum);
      if (piece.kind === "documents") for (const document of piece.documents) sum.add(document);
      yield piece;
    }
    // Before anything takes its place, all that was read is compared with what the manifest says.
    for (const each of database.collections) requireFacts(source, each, counted.get(`${each.database}.${each.name}`));
  }
  await reading.guard(service, () =>
    loadMongo(order.uri, pieces(), {
      ...order,
      async check() {
        // Views are not made aside.
        const aside = wanted.filter(({ type }) => type !== "view");
        const differences = compareCollections(aside, await readMongoFacts(order.uri, order.signal, true));
        if (differences.length > 0) throw restoredDiffers(source.manifest.id, differences, "Nothing was changed.");
      },
      onDocuments(count) {
        done += count;
        order.report({ task: service, message: `${done.toLocaleString("en")} documents`, done, total });
      },
    }),
  );
}

function requireFacts(source: PartSource, facts: CollectionFacts, sum: ContentSum | undefined): void {
  const { database, name, documents, type } = facts;
  if (type === "view" && sum) return;
  const { id } = source.manifest;
  if (!sum) throw backupDamaged(id, `${database}.${name}`, "it is missing");
  if (sum.count !== documents)
    throw backupDamaged(id, `${database}.${name}`, `it has ${sum.count} documents instead of ${documents}`);
  if (sum.hex !== facts.sum) throw backupDamaged(id, `${database}.${name}`, "its documents are others");
}

async function loadRedisPart(source: PartSource, database: BackedUpRedis, order: LoadOrder): Promise<void> {
  const { service, keyspaces } = database;
  const [part] = partsOf(source, service);
  if (!part) throw backupDamaged(source.manifest.id, service, "it has no part");
  const reading = new CurrentPart(source);
  const total = keyspaces.reduce((sum, { keys }) => sum + keys, 0);
  const count = new KeyspaceCount();
  let done = 0;
  const { name } = part;
  const chunks = reading.read(part);
  async function* entries() {
    for await (const batch of readRdb(chunks)) {
      for (const entry of batch) count.add(entry);
      yield batch;
    }
    const [difference] = compareKeyspaces(keyspaces, count.facts);
    if (difference !== undefined) throw backupDamaged(source.manifest.id, name, difference);
  }
  await reading.guard(service, () =>
    loadRedis(order.uri, entries(), {
      ...order,
      onKeys(keys) {
        done += keys;
        order.report({ task: service, message: `${done.toLocaleString("en")} keys`, done, total });
      },
    }),
  );
}

const partsOf = ({ manifest }: PartSource, service: string): readonly BackupPart[] =>
  manifest.parts.filter(({ name }) => name.startsWith(`${service}/`));

/** Knows which part is being read, so that what is wrong with it can be said of it. */
class CurrentPart {
  readonly #source: PartSource;
  #name = "";

  constructor(source: PartSource) {
    this.#source = source;
  }

  file(service: string, part: BackupPart): DumpFile {
    const name = part.name
      .slice(service.length + 1)
      .replace(/\.age$/, "")
      .replace(/\.gz$/, "");
    return { name, read: () => this.read(part) };
  }

  read(part: BackupPart): AsyncGenerator<Buffer> {
    this.#name = part.name;
    return readPart(this.#source, part);
  }

  /** @throws DevError BACKUP_DAMAGED for what is wrong with a part, LOAD_FAILED for what is wrong with the server */
  async guard(service: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof DevError || (error instanceof Error && error.name === "AbortError")) throw error;
      if (error instanceof BrokenBson || error instanceof BrokenRdb || error instanceof SyntaxError)
        throw backupDamaged(this.#source.manifest.id, this.#name, error.message, error);
      throw error instanceof PlacingFailed ? placingFailed(service, error) : loadFailed(service, error);
    }
  }
}

async function wholeOf(source: PartSource, part: BackupPart): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readPart(source, part)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

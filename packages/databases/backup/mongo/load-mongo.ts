import type { Db, MongoClient } from "mongodb";
import { openMongo } from "../../mongo/open-mongo.ts";
import { asidePrefix, isOfLoading, wholeMark } from "./aside-names.ts";
import { type CollectionMetadata, indexToMake, type Namespace } from "./collection-metadata.ts";
import { bucketsOf, type DumpPiece, fullName } from "./dump-piece.ts";
import { type RawInsert, rawInsert } from "./raw-insert.ts";
import { takePlace } from "./take-place.ts";

/** How a dump is loaded. */
export interface LoadMongoOptions {
  /** Names of collections (`users`, `shop.users`); empty: all. */
  readonly only: readonly string[];
  /**
   * True: collections are made aside and take the place of those that are there when all of them are loaded, each in one step but for a time series. False: into
   * a server that has none of them.
   */
  readonly isAside: boolean;
  /** Looks at what was loaded aside, before it takes its place. @throws where it is not what it should be: then nothing is changed */
  check(): Promise<void>;
  /** Told of documents that were written. */
  onDocuments(count: number, bytes: number): void;
  /** The moments at which a crash leaves something: `loaded`, `renamed shop.users`. */
  at(step: string): void;
  readonly signal: AbortSignal;
}

/** Loading failed when all of it was aside, and some of it may be in its place: the next load brings it to its end. */
export class PlacingFailed extends Error {}

// A message holds at most 48,000,000 bytes (MongoDB's maxMessageSizeBytes), and each document may be 16 MiB: the limit is looked at before one is added.
const bytesAtOnce = 16_000_000;
const documentsAtOnce = 2_000;

/**
 * Loads a dump into a server: options, documents, indexes, then views. Stops at the first document or index that is refused. Returns what was loaded.
 * @throws the driver's error, Error with the collection's name, PlacingFailed, what the pieces throw
 */
export async function loadMongo(
  uri: string,
  pieces: AsyncIterable<DumpPiece>,
  options: LoadMongoOptions,
): Promise<readonly Namespace[]> {
  const client = await openMongo(uri, 2);
  const { version } = await client.db("admin").command({ buildInfo: 1 });
  const loader = new Loader(client, await rawInsert(String(version)), options);
  try {
    if (options.isAside) await loader.recoverAside();
    for await (const piece of pieces) {
      options.signal.throwIfAborted();
      if (isWanted(piece.namespace, options.only)) await loader.take(piece);
    }
    options.at("loaded");
    if (options.isAside) await options.check();
    await loader.finish();
    return loader.loaded;
  } catch (error) {
    if (options.isAside) await loader.removeAside().catch(() => undefined); // the next restore removes it
    throw loader.isWhole
      ? new PlacingFailed(error instanceof Error ? error.message : String(error), { cause: error })
      : error;
  } finally {
    await client.close();
  }
}

/** Whether a collection is among those that are named; all are where none is. */
export function isWanted({ database, name }: Namespace, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(name) || only.includes(`${database}.${name}`);
}

/** What is known of a collection while its documents come. */
interface Loading {
  readonly metadata: CollectionMetadata;
  readonly target: string;
  batch: Buffer[];
  bytes: number;
}

class Loader {
  readonly #client: MongoClient;
  readonly #insert: RawInsert;
  readonly #options: LoadMongoOptions;
  readonly #open = new Map<string, Loading>();
  readonly #views: { readonly namespace: Namespace; readonly metadata: CollectionMetadata }[] = [];
  readonly #aside: { readonly namespace: Namespace }[] = [];
  /** All is aside, and begins to take its place. */
  isWhole = false;
  readonly loaded: Namespace[] = [];

  constructor(client: MongoClient, insert: RawInsert, options: LoadMongoOptions) {
    this.#client = client;
    this.#insert = insert;
    this.#options = options;
  }

  async take(piece: DumpPiece): Promise<void> {
    const { namespace } = piece;
    if (piece.kind === "collection") return this.#begin(namespace, piece.metadata);
    const loading = this.#open.get(fullName(namespace));
    if (!loading) return;
    if (piece.kind === "documents") {
      for (const document of piece.documents) {
        if (loading.bytes + document.length > bytesAtOnce || loading.batch.length >= documentsAtOnce)
          await this.#flush(namespace, loading);
        loading.batch.push(document);
        loading.bytes += document.length;
      }
      return;
    }
    await this.#flush(namespace, loading);
    await this.#makeIndexes(namespace, loading);
    this.#open.delete(fullName(namespace));
  }

  /** What was loaded aside takes its place, and views come last: they may be of anything. */
  async finish(): Promise<void> {
    const [first] = this.#aside;
    if (first) {
      const mark = this.#client.db(first.namespace.database).collection(wholeMark);
      await mark.insertOne({ at: new Date() }, { writeConcern: { w: 1, journal: true } });
      this.#options.at("marked");
      this.isWhole = true;
      for (const { namespace } of this.#aside) await this.#takePlace(namespace);
      await mark.drop();
    }
    for (const { namespace, metadata } of this.#views) {
      const database = this.#client.db(namespace.database);
      if (this.#options.isAside) await database.command({ drop: namespace.name }).catch(() => undefined); // it is not there
      await database.command({ create: namespace.name, ...metadata.options }).catch(within(namespace));
      this.loaded.push(namespace);
    }
  }

  /** What an interrupted load has left aside: brought to its end where all of it was loaded, else removed. */
  async recoverAside(): Promise<void> {
    const { databases } = await this.#client.db("admin").admin().listDatabases({ nameOnly: true });
    const left: Namespace[] = [];
    for (const { name: database } of databases) {
      const found = await this.#client.db(database).listCollections({}, { nameOnly: true }).toArray();
      left.push(...found.filter(({ name }) => isOfLoading(name)).map(({ name }) => ({ database, name })));
    }
    const marks = left.filter(({ name }) => name === wholeMark);
    for (const { database, name } of left.filter((each) => !marks.includes(each))) {
      if (marks.length > 0) await this.#takePlace({ database, name: name.slice(asidePrefix.length) });
      else await this.#client.db(database).dropCollection(name);
    }
    for (const { database, name } of marks) await this.#client.db(database).dropCollection(name);
  }

  async removeAside(): Promise<void> {
    if (!this.isWhole) await this.recoverAside();
  }

  async #takePlace(namespace: Namespace): Promise<void> {
    await takePlace(this.#client, this.#insert, namespace).catch(within(namespace));
    this.#options.at(`renamed ${fullName(namespace)}`);
  }

  async #begin(namespace: Namespace, metadata: CollectionMetadata): Promise<void> {
    if (metadata.type === "view") {
      this.#views.push({ namespace, metadata });
      return;
    }
    const database = this.#client.db(namespace.database);
    const { isAside } = this.#options;
    const target = isAside ? `${asidePrefix}${namespace.name}` : namespace.name;
    await database.command({ create: target, ...metadata.options }).catch(within(namespace));
    if (isAside) this.#aside.push({ namespace });
    const documentsGoTo = metadata.type === "timeseries" ? bucketsOf(target) : target;
    this.#open.set(fullName(namespace), { metadata, target: documentsGoTo, batch: [], bytes: 0 });
    this.loaded.push(namespace);
  }

  async #flush({ database }: Namespace, loading: Loading): Promise<void> {
    const { batch, bytes, target, metadata } = loading;
    if (batch.length === 0) return;
    // Documents that were there before their validator are allowed to stay as they are; a time series checks its measurements itself.
    await this.#insert(this.#client.db(database), target, batch, metadata.options.timeseries === undefined);
    this.#options.onDocuments(batch.length, bytes);
    loading.batch = [];
    loading.bytes = 0;
  }

  async #makeIndexes(namespace: Namespace, { metadata, target }: Loading): Promise<void> {
    const indexes = metadata.indexes.filter(({ name, clustered }) => name !== "_id_" && clustered !== true);
    if (indexes.length === 0) return;
    const database: Db = this.#client.db(namespace.database);
    const collection = target.startsWith(bucketsOf("")) ? target.slice(bucketsOf("").length) : target;
    await database.command({ createIndexes: collection, indexes: indexes.map(indexToMake) }).catch(within(namespace));
  }
}

/** Says which collection it was. */
const within =
  (namespace: Namespace) =>
  (error: unknown): never => {
    throw new Error(`${fullName(namespace)}: ${error instanceof Error ? error.message : error}`, { cause: error });
  };

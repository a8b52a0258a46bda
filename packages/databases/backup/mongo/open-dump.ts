import type { ClientSession, Db, Document, MongoClient } from "mongodb";
import { openMongo } from "../../mongo/open-mongo.ts";
import { databasesOf } from "../../snapshot/compare/mongo-catalog.ts";
import { asidePrefix, isOfLoading } from "./aside-names.ts";
import type { CollectionMetadata, Namespace } from "./collection-metadata.ts";
import { bucketsOf } from "./dump-piece.ts";
import { bytesOf } from "./split-bson.ts";

/** A collection that is dumped. */
export interface DumpedCollection extends Namespace {
  readonly metadata: CollectionMetadata;
  /** Where its documents lie, a time series' in its buckets; undefined for a view. */
  readonly source: string | undefined;
}

/** A MongoDB server that is read for a backup. */
export interface MongoDump {
  readonly version: string;
  readonly collections: readonly DumpedCollection[];
  readonly consistency: "moment" | "sequence";
  readonly consistencyDetail: string;
  /** The documents as the server has them, several at a time. @throws the driver's error */
  documents(collection: DumpedCollection): AsyncGenerator<readonly Buffer[]>;
  close(): Promise<void>;
}

// Values as they are, not as JavaScript has them: 1.0 stays a double in a validator.
const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;
const documentsAtOnce = 1_000;

/**
 * Looks at what a server has. Its documents are then read at one point in time where it is a member of a replica set (manual, Read Concern "snapshot");
 * elsewhere one collection after the other. `isAside`: what a restore has loaded aside is read instead, under the names that it
 * is about to have. MongoDB's own databases stay out, with users and roles. @throws the driver's error
 */
export async function openMongoDump(uri: string, signal: AbortSignal, isAside = false): Promise<MongoDump> {
  const client = await openMongo(uri, 2);
  try {
    const hello = await client.db("admin").command({ hello: 1 });
    const { version } = await client.db("admin").command({ buildInfo: 1 });
    const isMember = typeof hello.setName === "string";
    const collections: DumpedCollection[] = [];
    for (const name of (await databasesOf(client)).toSorted()) {
      signal.throwIfAborted();
      collections.push(...(await collectionsIn(client.db(name), isAside)));
    }
    const [first] = collections;
    const moment = isMember && first ? await openMoment(client, first) : undefined;
    const isCapped = ({ metadata }: DumpedCollection) => metadata.options.capped === true;
    const capped = collections.filter(isCapped).map(({ database, name }) => `${database}.${name}`);
    return {
      version: String(version),
      collections,
      consistency: moment && capped.length === 0 ? "moment" : "sequence",
      consistencyDetail: detail(isMember, moment !== undefined, capped),
      documents: (collection) => read(client, collection, isCapped(collection) ? undefined : moment, signal),
      async close() {
        await moment?.session.endSession();
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

function detail(isMember: boolean, hasMoment: boolean, capped: readonly string[]): string {
  if (!hasMoment) {
    const why = isMember ? "the server told no point in time" : "the server is no member of a replica set";
    return `the collections were read one after the other: ${why}`;
  }
  if (capped.length === 0) return "every collection as it was at one point in time";
  return `at one point in time, but for capped collections, which no server can read so: ${capped.join(", ")}`;
}

async function collectionsIn(database: Db, isAside: boolean): Promise<readonly DumpedCollection[]> {
  const found = await database.listCollections({}, exact).toArray();
  const names = new Set(found.map(({ name }) => name));
  // mongodump leaves the server's own out, but for stored functions (prepare.go, `shouldSkipSystemNamespace`).
  const own = found.filter(({ name }) => {
    if (isAside) return name.startsWith(asidePrefix);
    return (!name.startsWith("system.") || name === "system.js") && !isOfLoading(name);
  });
  const collections: DumpedCollection[] = [];
  for (const info of own.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    collections.push(await describeCollection(database, info, names));
  return collections;
}

async function describeCollection(database: Db, info: Document, names: ReadonlySet<string>): Promise<DumpedCollection> {
  const stored = String(info.name);
  const name = stored.startsWith(asidePrefix) ? stored.slice(asidePrefix.length) : stored;
  const buckets = bucketsOf(stored);
  const isView = info.type === "view";
  // A server without buckets gives the measurements themselves: then it is a collection, made as a time series.
  const isBucketed = info.type === "timeseries" && names.has(buckets);
  const uuid = info.info?.uuid;
  const indexes = isView ? [] : await database.collection(stored).listIndexes(exact).toArray();
  return {
    database: database.databaseName,
    name,
    source: isView ? undefined : isBucketed ? buckets : stored,
    metadata: {
      options: info.options ?? {},
      indexes,
      ...(hasHex(uuid) ? { uuid: uuid.toString("hex").replaceAll("-", "") } : {}),
      collectionName: name,
      type: isView ? "view" : isBucketed ? "timeseries" : "collection",
    },
  };
}

function hasHex(value: unknown): value is { toString(encoding: "hex"): string } {
  return typeof value === "object" && value !== null && "sub_type" in value;
}

/** A point in time, and the session that it belongs to. */
interface Moment {
  readonly session: ClientSession;
  readonly readConcern: Document;
}

/**
 * The point in time of a first read, at which later ones read, too (driver specification "Snapshot Reads"); undefined where the server tells none. Not by the driver's own snapshot sessions: those
 * send the concern with getMore, which takes none.
 */
async function openMoment(client: MongoClient, { database, name }: DumpedCollection): Promise<Moment | undefined> {
  const session = client.startSession({ causalConsistency: false });
  const level = { level: "snapshot" };
  const command = { find: name, limit: 1, singleBatch: true, projection: { _id: 1 }, readConcern: level };
  try {
    const answer = await client.db(database).command(command, { session });
    if (answer.cursor.atClusterTime === undefined) {
      await session.endSession();
      return undefined;
    }
    return { session, readConcern: { ...level, atClusterTime: answer.cursor.atClusterTime } };
  } catch (error) {
    await session.endSession();
    throw error;
  }
}

async function* read(
  client: MongoClient,
  { database, source }: DumpedCollection,
  moment: Moment | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Buffer[]> {
  if (source === undefined) return;
  const at = moment ? { readConcern: moment.readConcern } : {};
  const session = moment ? { session: moment.session } : {};
  const command = { find: source, filter: {}, batchSize: documentsAtOnce, ...at };
  const cursor = client
    .db(database)
    .runCursorCommand(command, { raw: true, ...session })
    .setBatchSize(documentsAtOnce);
  try {
    while (await cursor.hasNext()) {
      signal.throwIfAborted();
      yield cursor.readBufferedDocuments().map(bytesOf);
    }
  } finally {
    await cursor.close();
  }
}

import type { Db, Document, MongoClient } from "mongodb";
import { asidePrefix } from "./aside-names.ts";
import { indexToMake, type Namespace } from "./collection-metadata.ts";
import { bucketsOf } from "./dump-piece.ts";
import type { RawInsert } from "./raw-insert.ts";
import { bytesOf } from "./split-bson.ts";

// Values as they are, not as JavaScript has them.
const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;
const documentsAtOnce = 1_000;

/**
 * Has what was loaded aside take the place of the collection that is there: in one step where it can be renamed, else so that it can be begun again at any point, because
 * what is aside goes last. What has taken its place already is no error. @throws the driver's error
 */
export async function takePlace(client: MongoClient, insert: RawInsert, { database, name }: Namespace): Promise<void> {
  const db = client.db(database);
  const aside = `${asidePrefix}${name}`;
  const found: readonly Document[] = await db.listCollections({ name: { $in: [aside, name] } }, exact).toArray();
  const loaded = found.find((each) => each.name === aside);
  if (!loaded) return;
  // Nothing is renamed over a view or a time series, and no time series is renamed (manual, renameCollection).
  const there = found.find((each) => each.name === name);
  const isPlain = ({ type, options }: Document) => type !== "view" && options?.timeseries === undefined;
  if (there && !(isPlain(there) && isPlain(loaded))) await db.dropCollection(name);
  if (isPlain(loaded))
    await client
      .db("admin")
      .command({ renameCollection: `${database}.${aside}`, to: `${database}.${name}`, dropTarget: true });
  else await copySeries(db, insert, { aside, name, options: loaded.options ?? {} });
}

async function copySeries(
  db: Db,
  insert: RawInsert,
  { aside, name, options }: { readonly aside: string; readonly name: string; readonly options: Document },
): Promise<void> {
  await db.command({ create: name, ...options });
  const isBucketed = (await db.listCollections({ name: bucketsOf(aside) }, { nameOnly: true }).toArray()).length > 0;
  const [from, to] = isBucketed ? [bucketsOf(aside), bucketsOf(name)] : [aside, name];
  const cursor = db.runCursorCommand({ find: from, filter: {}, batchSize: documentsAtOnce }, { raw: true });
  try {
    while (await cursor.setBatchSize(documentsAtOnce).hasNext())
      await insert(db, to, cursor.readBufferedDocuments().map(bytesOf), false);
  } finally {
    await cursor.close();
  }
  const indexes = await db.collection(aside).listIndexes(exact).toArray();
  const wanted = indexes.filter((index) => index.name !== "_id_" && index.clustered !== true);
  if (wanted.length > 0) await db.command({ createIndexes: name, indexes: wanted.map(indexToMake) });
  await db.dropCollection(aside);
}

import type { Db, MongoClient } from "mongodb";
import { openMongo } from "../mongo-lock.ts";
import { compareDocuments } from "./compare-documents.ts";
import { DifferenceCount, type GroupDifference } from "./difference.ts";
import { collectionsOf, databasesOf, indexesOf } from "./mongo-catalog.ts";

/** Compares the collections of two servers: documents by `_id`, and indexes. Only what differs is in the result. @throws the driver's errors */
export async function compareMongo(
  before: string,
  after: string,
  signal: AbortSignal,
): Promise<readonly GroupDifference[]> {
  const clients: MongoClient[] = [];
  try {
    const old = await openMongo(before);
    clients.push(old);
    const now = await openMongo(after);
    clients.push(now);
    return await compareServers(old, now, signal);
  } finally {
    for (const client of clients) await client.close();
  }
}

async function compareServers(old: MongoClient, now: MongoClient, signal: AbortSignal) {
  const groups: GroupDifference[] = [];
  const databases = new Set([...(await databasesOf(old)), ...(await databasesOf(now))]);
  for (const database of [...databases].sort()) {
    const [one, other] = [old.db(database), now.db(database)];
    const [theirs, ours] = await Promise.all([collectionsOf(one), collectionsOf(other)]);
    for (const name of [...new Set([...theirs, ...ours])].sort()) {
      const group = await compareCollection(one, other, name, signal);
      if (group) groups.push(group);
    }
  }
  return groups;
}

async function compareCollection(old: Db, now: Db, name: string, signal: AbortSignal) {
  const { EJSON, deserialize } = (await import("mongodb")).BSON;
  const read = (raw: Buffer) => deserialize(raw, { promoteValues: false });
  const stream = (database: Db) =>
    database
      .collection(name)
      .find({}, { raw: true, sort: { _id: 1 } })
      .stream();
  const count = new DifferenceCount(`${old.databaseName}.${name}`);
  for await (const { kind, before, after } of compareDocuments(stream(old), stream(now))) {
    signal.throwIfAborted();
    await count.add(kind, () => {
      const [one, other] = [before && read(before), after && read(after)];
      const key = EJSON.stringify((one ?? other)?._id ?? null);
      return {
        key,
        ...(one ? { before: EJSON.stringify(one) } : {}),
        ...(other ? { after: EJSON.stringify(other) } : {}),
      };
    });
  }
  const [theirs, ours] = await Promise.all([indexesOf(old, name), indexesOf(now, name)]);
  return count.result({
    added: ours.filter((each) => !theirs.includes(each)),
    removed: theirs.filter((each) => !ours.includes(each)),
  });
}

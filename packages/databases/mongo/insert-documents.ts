import { BSON, type Db, type Document } from "mongodb";
import { documentRefused } from "../seed/errors.ts";
import type { Written } from "../seed/write/worker-protocol.ts";

// A command is one BSON document, so 16 MB at most (MongoDB manual, limits); half of it, because sizes are of a sample.
const commandBytes = 8 * 2 ** 20;
const sampleEvery = 16;
const duplicateKey = 11_000;

/**
 * Writes documents unordered, in as few commands as fit. Those whose `_id` exists already are passed over when `mayExist`: they were
 * written before the one that continues came. @throws DevError DOCUMENT_REFUSED, the driver's error
 */
export async function insertDocuments(
  db: Db,
  collection: string,
  from: number,
  documents: readonly object[],
  mayExist: boolean,
): Promise<Written> {
  const averageBytes = averageSize(documents);
  const perCommand = Math.max(1, Math.floor(commandBytes / Math.max(1, averageBytes)));
  for (let start = 0; start < documents.length; start += perCommand) {
    const part = documents.slice(start, start + perCommand);
    await insertPart(db, collection, from + start, part, mayExist);
  }
  return { written: documents.length, bytes: Math.round(averageBytes * documents.length) };
}

async function insertPart(db: Db, collection: string, from: number, documents: readonly Document[], mayExist: boolean) {
  const refused = await insertOnce(db, collection, documents);
  if (refused.length === 0) return;
  const isKnown = mayExist ? await existing(db, collection, refused, documents) : () => false;
  const [first] = refused.filter(({ index }) => !isKnown(index));
  if (first) throw documentRefused(collection, from + first.index, first, documents[first.index]);
}

interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
  readonly errInfo?: object;
}

async function insertOnce(db: Db, collection: string, documents: readonly Document[]): Promise<readonly WriteError[]> {
  try {
    // The command itself: insertMany measures each document once more.
    const { writeErrors = [] } = await db.command({ insert: collection, documents, ordered: false });
    return writeErrors;
  } catch (error) {
    // The sample was smaller than the rest: by halves it fits (10334 BSONObjectTooLarge; the driver's own limit is a RangeError).
    const isTooLarge =
      error instanceof RangeError ||
      (error instanceof Error && "code" in error && error.code === 10_334) ||
      /too large/i.test(String(error));
    if (!isTooLarge || documents.length === 1) throw error;
    const half = documents.length >> 1;
    const first = await insertOnce(db, collection, documents.slice(0, half));
    const second = await insertOnce(db, collection, documents.slice(half));
    return [...first, ...second.map((each) => ({ ...each, index: each.index + half }))];
  }
}

/** Which of the refused are there under their ids. */
async function existing(
  db: Db,
  collection: string,
  refused: readonly WriteError[],
  documents: readonly Document[],
): Promise<(index: number) => boolean> {
  const duplicates = refused.filter(({ code }) => code === duplicateKey).map(({ index }) => index);
  const ids = duplicates.map((index) => documents[index]?._id);
  const found = await db
    .collection(collection)
    .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
    .toArray();
  const known = new Set(found.map(({ _id }) => BSON.EJSON.stringify({ _id })));
  return (index) => known.has(BSON.EJSON.stringify({ _id: documents[index]?._id }));
}

function averageSize(documents: readonly Document[]): number {
  let bytes = 0;
  let samples = 0;
  for (let at = 0; at < documents.length; at += sampleEvery) {
    bytes += BSON.calculateObjectSize(documents[at] ?? {});
    samples++;
  }
  return samples === 0 ? 0 : bytes / samples;
}

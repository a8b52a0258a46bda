import { createRequire } from "node:module";
import type { Db, Document } from "mongodb";

/** Inserts documents as the bytes that they are. @throws the driver's error, Error for a document that the server refuses */
export type RawInsert = (
  database: Db,
  collection: string,
  documents: readonly Buffer[],
  isUnchecked: boolean,
) => Promise<void>;

// The driver has no public way to send BSON that is there already. Its own messages do so by this class (cmap/commands.js); decoding and encoding again
// would change what JavaScript cannot hold: deprecated types, dates beyond its own, fields that come twice.
interface Sequence {
  push(document: unknown, bytes: Uint8Array): number;
}
type SequenceClass = new (field: string) => Sequence;

/**
 * The way that this version of the driver offers: bytes as they are, or decoded and encoded again. `serverVersion`: since MongoDB 8.0 a timestamp of zero can be
 * told to stay (manual, `insert`, bypassEmptyTsReplacement); an older server makes it the present.
 */
export async function rawInsert(serverVersion: string): Promise<RawInsert> {
  const { BSON } = await import("mongodb");
  const Sequence = findSequence();
  const keepsEmptyTimes = Number.parseInt(serverVersion, 10) >= 8;
  const decode = (bytes: Buffer): Document => BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });
  return async (database, collection, documents, isUnchecked) => {
    const sequence = Sequence && new Sequence("documents");
    if (sequence) for (const document of documents) sequence.push(undefined, document);
    const answer = await database.command(
      {
        insert: collection,
        documents: sequence ?? documents.map(decode),
        ordered: true,
        ...(isUnchecked ? { bypassDocumentValidation: true } : {}),
        ...(keepsEmptyTimes ? { bypassEmptyTsReplacement: true } : {}),
      },
      { ignoreUndefined: false },
    );
    const [first] = Array.isArray(answer.writeErrors) ? answer.writeErrors : [];
    if (first) throw new Error(`${database.databaseName}.${collection}: ${first.errmsg ?? "a document was refused"}`);
    if (Number(answer.n) !== documents.length)
      throw new Error(
        `${database.databaseName}.${collection}: ${answer.n} of ${documents.length} documents were taken`,
      );
  };
}

function findSequence(): SequenceClass | undefined {
  try {
    const internal: unknown = createRequire(import.meta.url)("mongodb/lib/cmap/commands.js");
    if (typeof internal !== "object" || internal === null || !("DocumentSequence" in internal)) return undefined;
    const { DocumentSequence } = internal;
    return isSequenceClass(DocumentSequence) ? DocumentSequence : undefined;
  } catch {
    return undefined; // another version of the driver
  }
}

function isSequenceClass(value: unknown): value is SequenceClass {
  return typeof value === "function" && typeof value.prototype?.push === "function";
}

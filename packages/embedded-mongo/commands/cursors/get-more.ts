import type { Batch } from "../../cursors/batch-source.ts";
import { checkCursor } from "../../cursors/check-cursor.ts";
import type { Cursor } from "../../cursors/cursor-store.ts";
import { maxBatchBytes } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { optionalCount, requiredString } from "../request-fields.ts";

/** How long a getMore of a tailable cursor waits for data, ms, when it does not say (manual, getMore). */
const defaultAwaitMs = 1000;

/** The next documents of a cursor. */
export const getMore: Command = {
  name: "getMore",
  access: "login",
  isAllowedInTransaction: true,
  fields: ["collection", "batchSize", "term", "lastKnownCommittedOpTime"],
  help: "The next documents of a cursor.",
  async run(context, request) {
    const id = request.get("getMore");
    if (typeof id !== "bigint")
      throw new MongoError("TypeMismatch", "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const namespace = { database: context.database, collection: requiredString(request, "getMore", "collection") };
    const batchSize = optionalCount(request, "getMore", "batchSize");
    const cursor = checkCursor(context, id, namespace);
    const awaitMs = awaitTime(cursor, request);
    cursor.isBusy = true;
    // Waiting for data does not count.
    if (cursor.remainingMs !== undefined && !cursor.options.awaitsData) context.operation.limit(cursor.remainingMs);
    cursor.options.operation.continueAs(context.operation);
    try {
      return await nextReply(context, cursor, batchSize, awaitMs);
    } catch (error) {
      cursor.isKilled = true;
      throw error;
    } finally {
      cursor.remainingMs = context.operation.remainingMs ?? cursor.remainingMs;
      context.cursors.release(cursor);
    }
  },
};

/** 0 where nothing is waited for. @throws MongoError BadValue */
function awaitTime({ options }: Cursor, request: Document): number {
  const maxTimeMs = optionalCount(request, "getMore", "maxTimeMS");
  if (options.awaitsData) return maxTimeMs ?? defaultAwaitMs;
  if (maxTimeMs !== undefined)
    throw new MongoError("BadValue", "cannot set maxTimeMS on getMore command for a non-awaitData cursor");
  return 0;
}

async function nextReply(
  context: CommandContext,
  cursor: Cursor,
  batchSize: number | undefined,
  awaitMs: number,
): Promise<Document> {
  // Without a size, or with 0, as many as fit; the first batch's size holds for the first batch.
  const size = batchSize || Number.POSITIVE_INFINITY;
  const { documents, isDone } = await nextBatch(context, cursor, size, awaitMs);
  const token = cursor.source.postBatchResumeToken?.();
  if (isDone) cursor.isKilled = true;
  const { database, collection } = cursor.namespace;
  return Document.from([
    [
      "cursor",
      Document.from([
        ["nextBatch", documents],
        ["id", isDone ? 0n : cursor.id],
        ["ns", `${database}.${collection}`],
        ...(token ? [["postBatchResumeToken", token] as const] : []),
      ]),
    ],
    ["ok", 1],
  ]);
}

/** Asks the source, and again after each write, until it has something or the time is over. */
async function nextBatch(context: CommandContext, cursor: Cursor, size: number, awaitMs: number): Promise<Batch> {
  const end = performance.now() + awaitMs;
  const { writes } = context.server;
  for (;;) {
    // A write between the look and the wait is not missed.
    const { version } = writes;
    const batch = await cursor.source.next(size, maxBatchBytes);
    const leftMs = end - performance.now();
    if (batch.documents.length > 0 || batch.isDone || leftMs <= 0) return batch;
    await writes.wait(leftMs, context.operation.signal, version);
  }
}

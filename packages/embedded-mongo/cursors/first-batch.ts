import type { CommandContext } from "../server/command-context.ts";
import type { Namespace } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import type { Batch, BatchSource } from "./batch-source.ts";

/** What a command that returns a cursor was asked for. */
export interface FirstBatchOptions {
  /** Undefined: MongoDB's default of 101 documents. */
  readonly batchSize: number | undefined;
  /** Close the cursor after the first batch. */
  readonly isSingleBatch?: boolean;
  readonly noCursorTimeout?: boolean;
  readonly isTailable?: boolean;
  readonly awaitsData?: boolean;
}

/** Documents in the first batch when none are asked for (manual, cursor.batchSize). */
const defaultFirstBatch = 101;

/** The bytes of one batch: a reply is at most 16 MB and its frame (manual, "MongoDB Limits and Thresholds"). */
export const maxBatchBytes = 16_777_216;

/**
 * Reads the first batch of a source and returns the reply `{ cursor: { firstBatch, id, ns }, ok: 1 }`; a cursor stays open when there is
 * more. Takes the source over: it is closed when it is done or throws.
 */
export async function firstBatch(
  context: CommandContext,
  namespace: Namespace,
  source: BatchSource,
  options: FirstBatchOptions,
): Promise<Document> {
  let batch: Batch;
  try {
    batch = await source.next(options.batchSize ?? defaultFirstBatch, maxBatchBytes);
  } catch (error) {
    source.close();
    throw error;
  }
  const isOver = batch.isDone || options.isSingleBatch === true;
  const token = source.postBatchResumeToken?.();
  let id = 0n;
  if (isOver) source.close();
  else id = context.cursors.open(namespace, source, cursorOptions(context, options));
  return Document.from([
    [
      "cursor",
      Document.from([
        ["firstBatch", batch.documents],
        ["id", id],
        ["ns", `${namespace.database}.${namespace.collection}`],
        ...(token ? [["postBatchResumeToken", token] as const] : []),
      ]),
    ],
    ["ok", 1],
  ]);
}

const cursorOptions = (context: CommandContext, options: FirstBatchOptions) => ({
  operation: context.operation,
  sessionKey: context.session?.key,
  transactionNumber: context.isInTransaction ? context.session?.transactionNumber : undefined,
  noCursorTimeout: options.noCursorTimeout ?? false,
  isTailable: options.isTailable ?? false,
  awaitsData: options.awaitsData ?? false,
  owner: context.connection.user?.id,
});

/** A source of documents that are all there. */
export function listSource(documents: readonly Document[]): BatchSource {
  let at = 0;
  return {
    async next(maxDocuments, maxBytes) {
      const batch: Document[] = [];
      let bytes = 0;
      for (; at < documents.length && batch.length < maxDocuments; at++) {
        const next = documents[at];
        if (!next) break;
        bytes += encodeDocument(next).length;
        if (batch.length > 0 && bytes > maxBytes) break;
        batch.push(next);
      }
      return { documents: batch, isDone: at >= documents.length };
    },
    close() {},
  };
}

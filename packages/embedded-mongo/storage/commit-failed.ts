import { MongoError } from "../errors/mongo-error.ts";

/** What a client is told when LMDB could not commit: nothing of the write is there. */
export async function commitFailed(error: unknown): Promise<MongoError> {
  const cause = await causeOf(error);
  const reason = cause instanceof Error ? cause.message : String(cause);
  // ENOSPC and EDQUOT in the words of the C library.
  const isFull = /no space left|quota exceeded/i.test(reason);
  return isFull
    ? new MongoError("OutOfDiskSpace", `The disk is full; nothing was written: ${reason}`)
    : new MongoError("InternalError", `The data could not be written: ${reason}`);
}

/** lmdb rejects with an error that has a promise of the real one, which rejects. */
async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !("commitError" in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    return cause;
  }
}

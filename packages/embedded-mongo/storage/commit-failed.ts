import { statfsSync } from "node:fs";
import { MongoError } from "../errors/mongo-error.ts";

// LMDB needs a few pages for any commit.
const leastFreeBytes = 262_144;

/** What a client is told when LMDB could not commit to this folder: nothing of the write is there. */
export async function commitFailed(error: unknown, directory: string): Promise<MongoError> {
  const cause = await causeOf(error);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return /no space left|quota exceeded/i.test(reason) || isFull(directory)
    ? new MongoError("OutOfDiskSpace", `The disk of ${directory} is full; nothing was written.`)
    : new MongoError("InternalError", `The data in ${directory} could not be written: ${reason}`);
}

/** LMDB says "Input/output error" of a write that the disk has taken in part. */
function isFull(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < leastFreeBytes;
  } catch {
    return false;
  }
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

import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { int32 } from "../values/scalars.ts";

/** What the labels of an error depend on. */
export interface ErrorSituation {
  readonly command: string;
  /** A statement of a transaction. */
  readonly isInTransaction: boolean;
  /** A retryable write, or the end of a transaction. */
  readonly isRetryable: boolean;
  /** It opens a change stream, or goes on with one. */
  readonly isOfChangeStream: boolean;
}

/** Errors after which a change stream goes on from its token (driver specification "Change Streams", "Resumable Error"). */
const resumableCodes: ReadonlySet<number> = new Set([
  6, 7, 63, 89, 91, 133, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436,
]);

/** Errors after which a client may send the same write again (driver specification "Retryable Writes", "Determining Retryable Errors"). */
const retryableCodes: ReadonlySet<number> = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** Errors that say something of the server's state: they come with the version of what hello tells, so that a client knows whether it is news. */
const stateCodes: ReadonlySet<number> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Whether an error's reply tells the topologyVersion (driver specification "Server Discovery and Monitoring", "not writable primary"). */
export const tellsTopology = (code: number): boolean => stateCodes.has(code);

/** Errors after which a client may begin the same transaction again (driver specification "Transactions", "TransientTransactionError"). */
const transientCodes: ReadonlySet<number> = new Set([112, 24, 246, 251, 267]);

/** `{ ok: 0, errmsg, code, codeName }` with the error's own fields and its labels. */
export function errorReply(error: MongoError, situation: ErrorSituation): Document {
  const given = error.fields.get("errorLabels");
  // A fail point that names labels means these alone.
  const labels = isArray(given) ? given : labelsOfCode(error.code, situation);
  return Document.from([
    ...(labels.length > 0 ? [["errorLabels", labels] as const] : []),
    ["ok", 0],
    ["errmsg", error.message],
    ["code", int32(error.code)],
    ["codeName", error.codeName],
    ...[...error.fields].filter(([name]) => name !== "errorLabels"),
  ]);
}

/** The labels of a code in a situation. */
function labelsOfCode(code: number, situation: ErrorSituation): readonly string[] {
  const labels: string[] = [];
  if (situation.isInTransaction && isTransient(code, situation.command)) labels.push("TransientTransactionError");
  if (situation.isRetryable && retryableCodes.has(code)) labels.push("RetryableWriteError");
  if (situation.isOfChangeStream && resumableCodes.has(code)) labels.push("ResumableChangeStreamError");
  return labels;
}

/** The labels of a write concern error: within a transaction it has none, whose commit is what is acknowledged. */
export const labelsOfConcern = (code: number, situation: ErrorSituation): readonly string[] =>
  situation.isRetryable && retryableCodes.has(code) ? ["RetryableWriteError"] : [];

/** What ends a transaction may have happened or not: only what says that it did not is transient. */
function isTransient(code: number, command: string): boolean {
  if (transientCodes.has(code)) return true;
  return command !== "commitTransaction" && command !== "abortTransaction" && retryableCodes.has(code);
}

/** A mistake of ours, as the client sees it. */
export const internalError = (error: unknown): MongoError =>
  new MongoError("InternalError", error instanceof Error ? error.message : String(error));

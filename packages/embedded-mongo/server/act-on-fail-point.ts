import { codeNameOf } from "../errors/code-name.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { FailCommand, FailPoints } from "./fail-points.ts";

/**
 * Lets a fail point happen to a command: it blocks, no longer than the command may take, closes the connection, or fails it. @throws MongoError that
 * it names, MaxTimeMSExpired
 */
export async function actOnFailPoint(
  points: FailPoints,
  failure: FailCommand,
  limitMs: number | undefined,
): Promise<"close" | "go-on"> {
  if (failure.blocksMs !== undefined) {
    // 0 is no limit.
    const limit = limitMs || Number.POSITIVE_INFINITY;
    await points.block(Math.min(failure.blocksMs, limit));
    if (limit <= failure.blocksMs) throw timeIsOver();
  }
  if (failure.closesConnection) return "close";
  const { errorCode, errorLabels } = failure;
  if (errorCode === undefined) return "go-on";
  const isOfCursor = failure.name === "failGetMoreAfterCursorCheckout";
  throw new (isOfCursor ? MongoError : FailPointError)(
    codeNameOf(errorCode) ?? errorCode,
    `Failing command via '${failure.name}' failpoint`,
    errorLabels ? [["errorLabels", errorLabels]] : [],
  );
}

/** How long a command may take that was given `limitMs`, when fail points are about time limits. @throws MongoError MaxTimeMSExpired */
export function limitAtFailPoints(points: FailPoints, limitMs: number | undefined): number | undefined {
  const limit = limitMs ? points.timeLimit() : undefined;
  if (limit === "over") throw timeIsOver();
  return limit === "none" ? undefined : limitMs;
}

const timeIsOver = () => new MongoError("MaxTimeMSExpired", "operation exceeded time limit");

/** An error of a fail point outside of the command: it says nothing of the server's state or of a change stream's. */
export class FailPointError extends MongoError {}

/** The connection has to end without a reply: a fail point wants it. */
export class ConnectionCut extends Error {
  override readonly name = "ConnectionCut";
}

/**
 * Lets `onPrimaryTransactionalWrite` happen to a retryable write of so many statements: runs it or not, and cuts the connection or fails.
 * @throws FailPointError, ConnectionCut
 */
export async function writeByFailPoint<T>(points: FailPoints, statements: number, write: () => Promise<T>): Promise<T> {
  const failure = points.enterWrite(statements);
  if (!failure) return write();
  const { errorCode, closesConnection } = failure;
  if (errorCode === undefined) await write();
  else if (!closesConnection)
    throw new FailPointError(codeNameOf(errorCode) ?? errorCode, "onPrimaryTransactionalWrite fail point enabled");
  throw new ConnectionCut("onPrimaryTransactionalWrite fail point enabled");
}

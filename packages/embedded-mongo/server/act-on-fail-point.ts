import { codeNameOf } from "../errors/code-name.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { FailCommand, FailPoints } from "./fail-points.ts";

/** Lets a fail point happen to a command: it blocks, closes the connection, or fails it. @throws MongoError that it names */
export async function actOnFailPoint(points: FailPoints, failure: FailCommand): Promise<"close" | "go-on"> {
  if (failure.blocksMs !== undefined) await points.block(failure.blocksMs);
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

import { codeNameOf } from "../errors/code-name.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { FailCommand, FailPoints } from "./fail-points.ts";

/** Lets a fail point happen to a command: it blocks, closes the connection, or fails it. @throws MongoError that it names */
export async function actOnFailPoint(points: FailPoints, failure: FailCommand): Promise<"close" | "go-on"> {
  if (failure.blocksMs !== undefined) await points.block(failure.blocksMs);
  if (failure.closesConnection) return "close";
  const { errorCode, errorLabels } = failure;
  if (errorCode === undefined) return "go-on";
  const error = new MongoError(
    codeNameOf(errorCode) ?? errorCode,
    `Failing command via 'failCommand' failpoint`,
    errorLabels ? [["errorLabels", errorLabels]] : [],
  );
  throw error;
}

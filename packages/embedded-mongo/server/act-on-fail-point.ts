import { setTimeout as sleep } from "node:timers/promises";
import { codeNameOf } from "../errors/code-name.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { FailCommand } from "./fail-points.ts";

/** Lets a fail point happen to a command: it blocks, closes the connection, or fails it. @throws MongoError that it names */
export async function actOnFailPoint(failure: FailCommand): Promise<"close" | "go-on"> {
  if (failure.blocksMs !== undefined) await sleep(failure.blocksMs);
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

import type { Session } from "../../session.ts";
import type { InferRequest } from "../../supervisor.ts";
import { findDatabases } from "../find-databases.ts";
import { noDatabase } from "./errors.ts";
import { readTarget } from "./targets.ts";

/** The text of a dataset's file that makes data like that of the stack's MongoDB, or of a server that is named. @throws DevError NO_DATABASE, BAD_TARGET; the driver's error */
export async function infer(session: Session, request: InferRequest, signal: AbortSignal): Promise<string> {
  const { inferDataset } = await import("@drydock/databases");
  const { sample, isMasked, name } = request;
  const place = request.from === undefined ? await stackPlace(session, signal) : namedPlace(request.from);
  return inferDataset({ ...place, sample, isMasked, name, now: session.clock.now() });
}

async function stackPlace(session: Session, signal: AbortSignal) {
  const databases = findDatabases(session.stack.environment, await session.observe(signal));
  const mongo = databases.find(({ kind }) => kind === "mongo");
  if (!mongo?.uri) throw noDatabase("MongoDB", mongo?.service);
  return { uri: mongo.uri, database: mongo.names[0] ?? "test" };
}

function namedPlace(uri: string) {
  const { kind, database } = readTarget(uri);
  if (kind !== "mongo") throw noDatabase("MongoDB", undefined);
  return { uri, database: database || "test" };
}

import { posix } from "node:path";
import type { SnapshotPart } from "@drydock/databases";
import { serveMongo } from "../serve/serve-mongo.ts";
import { serveRedis } from "../serve/serve-redis.ts";
import type { Session } from "../session.ts";
import type { DataEngine } from "./snapshot-engine.ts";
import { noScratchServer } from "./snapshot-errors.ts";

/** A server on a copy of a snapshot's data. */
export interface ScratchServer {
  readonly uri: string;
  /** Ends it and removes the copy. */
  stop(): Promise<void>;
}

/**
 * Starts a server that reads a snapshot's part: the embedded Redis reads the files of every Redis, the embedded MongoDB its own.
 * @throws DevError NO_SCRATCH_SERVER for the files of a mongod, or of another machine
 */
export async function startScratch(
  session: Session,
  engine: DataEngine,
  { service, kind, provider }: SnapshotPart,
  folder: string,
  side: string,
  signal: AbortSignal,
): Promise<ScratchServer> {
  if (engine.kind === "docker" || (kind === "mongo" && !provider.startsWith("embedded")))
    throw noScratchServer(service, provider);
  const copy = posix.join(session.folder.directory, "data", service, `diff-${side}`);
  await engine.files.remove(copy);
  await engine.files.copy(folder, copy, [], signal);
  const request = { host: "127.0.0.1", port: 0, dataDirectory: copy, log: () => undefined };
  const appends = await engine.files.exists(posix.join(copy, "appendonlydir"));
  const served = await (kind === "mongo"
    ? serveMongo({ ...request, arguments: [], replicaSet: undefined, user: undefined })
    : serveRedis({ ...request, arguments: ["--appendonly", appends ? "yes" : "no"] }));
  return {
    uri: served.uris[0] ?? "",
    async stop() {
      await served.stop();
      await engine.files.remove(copy);
    },
  };
}

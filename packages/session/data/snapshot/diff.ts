import { posix } from "node:path";
import { compareMongo, compareRedis, type SnapshotManifest, type SnapshotPart } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { heldDatabases } from "./databases.ts";
import type { SnapshotDifference } from "./difference.ts";
import type { DataEngine, ScratchServer } from "./engine.ts";
import { notRunningNow } from "./errors.ts";
import { startScratch } from "./scratch.ts";

/**
 * Compares two snapshots, or one with the data of now. A snapshot is read by a server of its own on a copy of it, which is gone afterwards.
 * @throws DevError NOT_RUNNING_NOW, NO_SCRATCH_SERVER
 */
export async function diffSnapshots(
  session: Session,
  engine: DataEngine,
  before: SnapshotManifest,
  after: SnapshotManifest | undefined,
  signal: AbortSignal,
): Promise<SnapshotDifference> {
  const databases = await heldDatabases(session, signal);
  const servers: ScratchServer[] = [];
  const uriOf = async (manifest: SnapshotManifest | undefined, part: SnapshotPart, side: string): Promise<string> => {
    const { service } = part;
    const live = databases.find((each) => each.service === service)?.uri;
    if (manifest === undefined && live === undefined) throw notRunningNow(service);
    if (manifest === undefined && live !== undefined) return live;
    const folder = posix.join(engine.snapshots, manifest?.id ?? "", service);
    const server = await startScratch(engine, part, folder, side, signal);
    servers.push(server);
    return server.uri;
  };
  try {
    const parts = [];
    for (const part of before.parts) {
      if (after && !after.parts.some(({ service }) => service === part.service)) continue;
      const [one, other] = [await uriOf(before, part, "before"), await uriOf(after, part, "after")];
      const compare = part.kind === "mongo" ? compareMongo : compareRedis;
      parts.push({ service: part.service, groups: await compare(one, other, signal) });
    }
    return { from: before.id, to: after?.id ?? "now", parts };
  } finally {
    for (const server of servers) await server.stop();
  }
}

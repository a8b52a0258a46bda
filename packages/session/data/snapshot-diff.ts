import type { SnapshotManifest } from "@drydock/databases";
import type { Session } from "../session.ts";
import type { SnapshotDifference } from "./snapshot-difference.ts";
import type { DataEngine } from "./snapshot-engine.ts";

export async function diffSnapshots(
  _session: Session,
  _engine: DataEngine,
  before: SnapshotManifest,
  after: SnapshotManifest | undefined,
  _signal: AbortSignal,
): Promise<SnapshotDifference> {
  return { from: before.id, to: after?.id ?? "now", parts: [] };
}

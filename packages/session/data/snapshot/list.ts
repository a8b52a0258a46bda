import { readSnapshots, type SnapshotManifest } from "@drydock/databases";
import { noComposeFile } from "../../errors.ts";
import { findStateFolder } from "../../find-project.ts";
import type { StackSource } from "../../supervisor.ts";
import { snapshotFolder } from "./folder.ts";

/** The snapshots of a source's project, the oldest first, without a supervisor. @throws DevError NO_COMPOSE_FILE */
export async function listSnapshots(source: StackSource): Promise<readonly SnapshotManifest[]> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  return readSnapshots(snapshotFolder(folder));
}

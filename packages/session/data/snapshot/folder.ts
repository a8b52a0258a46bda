import { join } from "node:path";
import type { StateFolder } from "../../state-folder.ts";

/** The folder of the snapshots' manifests; on the local engine their data lies there, too. */
export function snapshotFolder(folder: StateFolder): string {
  return join(folder.directory, "snapshots");
}

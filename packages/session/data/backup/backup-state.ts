import { join } from "node:path";
import { type JsonState, jsonState } from "../../json-state.ts";
import type { StateFolder } from "../../state-folder.ts";

/** What became of the last backup that was made by itself. Times are ISO 8601, UTC. */
export interface BackupState {
  /** When it was tried. */
  readonly lastAt?: string;
  /** The last one that was made. */
  readonly lastId?: string;
  /** Why the last one was not made. */
  readonly problem?: string;
}

/** Where it is kept, in the project's state. */
export function backupState(folder: StateFolder): JsonState<BackupState> {
  return jsonState<BackupState>(join(folder.directory, "backup.json"), {});
}

import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type BackupStore, folderStore } from "@drydock/databases";
import type { BackupSettings } from "@drydock/settings";

/** Where backups are, and what the configuration says of them now. */
export interface BackupPlace {
  readonly store: BackupStore;
  readonly settings: BackupSettings;
}

/** Where a project's backups are, and what is needed to get there. */
export interface PlaceRequest {
  /** As a person wrote it; undefined: the user's folder of this project. */
  readonly to: string | undefined;
  readonly project: string;
  /** What a relative path begins at: the project's folder. */
  readonly directory: string;
  /** Where what is on its way to a store waits. */
  readonly stateDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Opens the place of backups; it is made when something is written to it. @throws DevError BAD_PLACE */
export async function openPlace(request: PlaceRequest): Promise<BackupStore> {
  const { to, project, directory, variables } = request;
  if (to?.startsWith("s3://")) {
    const { s3Store } = await import("@drydock/databases");
    return s3Store(to, join(request.stateDirectory, "backup-outgoing"), variables);
  }
  return folderStore(to === undefined ? defaultFolder(project, variables) : pathOf(to, directory, variables));
}

/** A path that may begin with `~`, or be relative to a folder. */
export function pathOf(path: string, directory: string, variables: Readonly<Record<string, string>>): string {
  const home = variables.HOME || homedir();
  if (path === "~" || path.startsWith("~/")) return join(home, path.slice(1));
  return resolve(directory, path);
}

/** Outside of the checkout, which may be deleted (XDG Base Directory Specification: data of the user). */
function defaultFolder(project: string, { XDG_DATA_HOME: data, HOME: home }: Readonly<Record<string, string>>): string {
  const base = data && isAbsolute(data) ? data : join(home || homedir(), ".local/share");
  return join(base, "drydock/backups", project);
}

import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The paths of a project's state, `.dev/` in the project directory. */
export interface StateFolder {
  readonly directory: string;
  readonly logs: string;
  /** Who supervises, or did last: JSON of `SessionRecord`. */
  readonly session: string;
  /** What dev has made on the engine, by service: JSON. */
  readonly made: string;
  readonly supervisorLog: string;
}

/**
 * Names the paths; touches nothing. A project name given by hand has a folder of its own, so that several run from one directory. So has a dev
 * container: the folder is the same inside and outside, sockets, process numbers and ports are not.
 */
export function stateFolder(projectDirectory: string, projectName?: string, isInContainer = false): StateFolder {
  const top = isInContainer ? join(projectDirectory, ".dev", "in-container") : join(projectDirectory, ".dev");
  return stateFolderAt(projectName === undefined ? top : join(top, "projects", projectName));
}

/** The same, of a state folder that is known. */
export function stateFolderAt(directory: string): StateFolder {
  return {
    directory,
    logs: join(directory, "logs"),
    session: join(directory, "session.json"),
    made: join(directory, "made.json"),
    supervisorLog: join(directory, "supervisor.log"),
  };
}

/** Makes the folder, for its owner alone and invisible to git. @throws the file system's error */
export async function makeStateFolder(folder: StateFolder): Promise<void> {
  await mkdir(folder.logs, { recursive: true });
  await chmod(folder.directory, 0o700);
  await writeFile(join(folder.directory, ".gitignore"), "*\n");
}

import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { stateFolderRefused } from "./errors.ts";

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

/** Makes the folder, for its owner alone and invisible to git. @throws DevError STATE_FOLDER where it may not be written, or the file system's error */
export async function makeStateFolder(folder: StateFolder): Promise<void> {
  try {
    await mkdir(folder.logs, { recursive: true });
    await chmod(folder.directory, 0o700);
    await writeFile(join(folder.directory, ".gitignore"), "*\n");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      throw await explainRefusal(folder.directory, code, error);
    throw error;
  }
}

/** Whose the nearest folder is that exists: the one that refuses. */
async function explainRefusal(directory: string, code: string, cause: unknown): Promise<Error> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const { uid } = (await stat(folder).catch(() => undefined)) ?? {};
    if (uid === undefined && dirname(folder) !== folder) continue;
    const owner = code === "EROFS" ? undefined : uid;
    return stateFolderRefused(directory, { refusing: folder, owner, user: userInfo() }, cause);
  }
}

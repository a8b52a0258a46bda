import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyFolder, folderBytes } from "./copy-folder.ts";

/**
 * The files of databases, wherever an engine keeps them: on this machine, or in volumes that only a container reaches. Paths are absolute and the
 * engine's own. A path inside another may be the target or the source of a move: then all that the outer one holds, but for folders named
 * `.drydock`, moves into the inner one or out of it (a volume cannot be renamed, what is in it can).
 */
export interface DataFiles {
  /** Copies a file or folder to where nothing is yet, folders named `.drydock` and `leaveOut` excepted. Makes the folders above it. */
  copy(from: string, to: string, leaveOut: readonly string[], signal: AbortSignal): Promise<void>;
  /** Copies what is in a folder into another one, which is there and empty, or is made. */
  fill(from: string, to: string, signal: AbortSignal): Promise<void>;
  /** Puts a folder elsewhere on its file system, in no time. */
  move(from: string, to: string): Promise<void>;
  /** Takes a move back, however far it has come; once more does nothing. To be asked only of a move whose source was there. */
  moveBack(from: string, to: string): Promise<void>;
  /** Removes what is there; nothing happens where nothing is. */
  remove(path: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  /** The names in a folder; none where there is no folder. */
  list(path: string): Promise<readonly string[]>;
  bytes(path: string): Promise<number>;
  makeFolder(path: string): Promise<void>;
  write(path: string, text: string): Promise<void>;
}

/** The name of folders that belong to Drydock within a server's data. */
const ownFolder = ".drydock";

/** Files on this machine. @throws the file system's errors */
export const localFiles: DataFiles = {
  async copy(from, to, leaveOut, signal) {
    await mkdir(dirname(to), { recursive: true });
    await copyFolder(from, to, { leaveOut: [ownFolder, ...leaveOut], signal });
  },
  async fill(from, to, signal) {
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from))
      await copyFolder(join(from, name), join(to, name), { leaveOut: [ownFolder], signal });
  },
  async move(from, to) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  },
  async moveBack(from, to) {
    if (!existsSync(from) && existsSync(to)) await rename(to, from);
  },
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  exists: async (path) => existsSync(path),
  async list(path) {
    const found = await lstat(path).catch(() => undefined);
    return found?.isDirectory() ? readdir(path) : [];
  },
  bytes: folderBytes,
  makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  write: (path, text) => writeFile(path, text),
};

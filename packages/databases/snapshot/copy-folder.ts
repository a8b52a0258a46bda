import { constants } from "node:fs";
import { chmod, copyFile, lchown, lstat, mkdir, readdir, readlink, symlink } from "node:fs/promises";
import { join } from "node:path";

/** What a copy leaves out, and what ends it early. */
export interface CopyOptions {
  /** Names of files and folders, at any depth. */
  readonly leaveOut: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Copies a file or a folder with its owners and modes: by reflink where the file system has it (ioctl_ficlone(2)), else byte by byte. Sockets and pipes
 * stay behind. `to` does not exist yet. @throws the file system's error, ENOSPC among them
 */
export async function copyFolder(from: string, to: string, options: CopyOptions): Promise<void> {
  const { signal, leaveOut } = options;
  signal.throwIfAborted();
  const found = await lstat(from);
  if (found.isSymbolicLink()) return symlink(await readlink(from), to);
  if (found.isDirectory()) {
    await mkdir(to);
    const names = (await readdir(from)).filter((name) => !leaveOut.includes(name));
    for (const name of names) await copyFolder(join(from, name), join(to, name), options);
  } else if (found.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  else return;
  // Files of another user, such as a server's own, can only be given back to that user by root.
  if (process.getuid?.() === 0) await lchown(to, found.uid, found.gid);
  await chmod(to, found.mode & 0o7777);
}

/** The bytes of the files below a path; 0 where nothing is. */
export async function folderBytes(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.size ?? 0;
  const sizes = await Promise.all((await readdir(path)).map((name) => folderBytes(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

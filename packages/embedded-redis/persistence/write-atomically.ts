import { closeSync, fsync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

/** Writes all of the bytes to an open file. */
export function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Makes a file appear whole or not at all: written beside its place, flushed, renamed, and the folder flushed. */
export function writeAtomically(path: string, write: (file: number) => void): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      write(file);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** The same for what is written in the course of time; the flush keeps nobody waiting. `signal` is looked at last before the file appears. */
export async function writeAtomicallySlowly(
  path: string,
  write: (file: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${path}.${process.pid}.background.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      await write(file);
      await flush(file);
    } finally {
      closeSync(file);
    }
    signal.throwIfAborted();
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

const flush = promisify(fsync);

/** Makes renames and new files in a folder durable. Windows flushes no folders. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

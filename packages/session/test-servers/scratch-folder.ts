import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../is-alive.ts";

/** A folder that is gone at the end of this process, whatever its end; that of a process that was killed goes when the next one is made. */
export interface ScratchFolder {
  readonly path: string;
  remove(): void;
}

const prefix = "drydock-test-";
const inUse = new Set<string>();
// A container's own RAM disk has 64 MB (docker run, --shm-size): a data set would fill it.
const leastRamBytes = 2 ** 30;

/** Makes such a folder, on a RAM disk where there is one of 1 GB. @throws the file system's error */
export function makeScratchFolder(): ScratchFolder {
  const base = isRoomy("/dev/shm") ? "/dev/shm" : tmpdir();
  removeLeftovers(base);
  const path = mkdtempSync(join(base, `${prefix}${process.pid}-`));
  if (inUse.size === 0) process.on("exit", removeAll);
  inUse.add(path);
  return {
    path,
    remove() {
      inUse.delete(path);
      if (inUse.size === 0) process.off("exit", removeAll);
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function removeAll(): void {
  for (const path of inUse) rmSync(path, { recursive: true, force: true });
}

function isRoomy(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= leastRamBytes;
  } catch {
    return false;
  }
}

function removeLeftovers(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = Number(/^drydock-test-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(base, name), { recursive: true, force: true });
  }
}

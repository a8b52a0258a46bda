import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderTaken, folderUnusable } from "./persistence-errors.ts";

const lockName = "drydock-redis.lock";

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** When that process began, in a form that only it has: a number may be given to another process later. */
  readonly began: string;
}

/**
 * Takes a data folder for this process, making it if need be, and returns how to give it back. The lock of a process that is gone,
 * even by kill -9, does not count. @throws DevError REDIS_FOLDER_TAKEN, which names the holder, REDIS_FOLDER_UNUSABLE
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockName);
  const own = JSON.stringify({ pid: process.pid, began: whenBegan(process.pid) } satisfies Holder);
  try {
    makeFolder(folder);
  } catch (error) {
    throw folderUnusable(folder, error);
  }
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, own, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") {
        rmSync(path, { force: true });
        throw folderUnusable(folder, error);
      }
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder)) throw folderTaken(folder, describe(holder));
    if (attempt === 5) throw folderTaken(folder, "a server that starts at the same moment");
    rmSync(path, { force: true });
  }
}

/** On a read-only disk `recursive` alone says that there is "no such file or directory" (Node 20 to 24). */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    mkdirSync(folder);
  }
}

const describe = ({ pid }: Holder): string =>
  pid === process.pid ? `this process (${pid}), which already runs a server on it` : `process ${pid}`;

function readHolder(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof holder !== "object" || holder === null || !("pid" in holder) || !("began" in holder)) return undefined;
    if (typeof holder.pid !== "number" || typeof holder.began !== "string") return undefined;
    return { pid: holder.pid, began: holder.began };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (codeOf(error) !== "EPERM") return false;
  }
  return whenBegan(pid) === began;
}

/** Boot and start time of a process on Linux (proc(5), field 22 of stat); empty elsewhere, so that the number alone decides. */
function whenBegan(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()}:${afterName[19]}`;
  } catch {
    return "";
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

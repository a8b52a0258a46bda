import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderTaken } from "./errors.ts";

/** Who has a folder. */
interface Holder {
  readonly pid: number;
  /** When that process started, as the system says it: process numbers are given again. */
  readonly startedAt: string | undefined;
  readonly address: string | undefined;
}

/** The right to use a folder's data, held by one server at a time: a file that names it. */
export class FolderLock {
  readonly #path: string;
  readonly #holder: Holder;

  private constructor(path: string, holder: Holder) {
    this.#path = path;
    this.#holder = holder;
  }

  /** @throws DevError MONGO_FOLDER_TAKEN, and what the file system says */
  static take(directory: string, log: (message: string) => void): FolderLock {
    const path = join(directory, "server.lock");
    const holder = { pid: process.pid, startedAt: startOf(process.pid), address: undefined };
    for (;;) {
      if (create(path, holder)) return new FolderLock(path, holder);
      const other = read(path);
      if (other && isAlive(other)) throw folderTaken(directory, describe(other));
      if (moveAway(path))
        log(`The server that used ${directory} before (${describe(other)}) ended without closing it.`);
    }
  }

  /** Says where the server listens, for whom it is in the way. */
  announce(address: string): void {
    const next = `${this.#path}.${randomBytes(4).toString("hex")}`;
    writeFileSync(next, JSON.stringify({ ...this.#holder, address }));
    renameSync(next, this.#path);
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

/** Complete or not there at all: a link fails where there is a file. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    return createWithoutLink(path, holder);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Some file systems have no links; there a reader may meet the file half-written, which then counts as a dead one's. */
function createWithoutLink(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Of two who find a dead lock, one moves it away. */
function moveAway(path: string): boolean {
  const aside = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
    return true;
  } catch {
    return false;
  }
}

function read(path: string): Holder | undefined {
  try {
    const { pid, startedAt, address } = JSON.parse(readFileSync(path, "utf8")) as Partial<Holder>;
    return typeof pid === "number" ? { pid, startedAt, address } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  // The same process: another store of it.
  return isRunning(pid) && (startedAt === undefined || startOf(pid) === startedAt);
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, of somebody else.
    return isCode(error, "EPERM");
  }
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)); undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

const describe = (holder: Holder | undefined): string =>
  holder ? `process ${holder.pid}${holder.address ? ` at ${holder.address}` : ""}` : "an unknown process";

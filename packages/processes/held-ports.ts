import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, uptime, userInfo } from "node:os";
import { join } from "node:path";

/**
 * The ports that stacks of this user have, each a file in the temp folder with who has it. A port is free until its server listens, and two
 * stacks that start at the same time would both take it: one of them would then speak to the other's database.
 */
export class HeldPorts {
  readonly #folder: string;
  readonly #owner: string;
  readonly #holder: string;
  readonly #held = new Set<number>();

  /** `owner`: the state folder of a stack, which has one engine at a time; what an earlier one of it has left, killed or about to end, is the next one's. */
  constructor(owner: string, folder = join(tmpdir(), `drydock-${userInfo().uid}`, "ports")) {
    this.#folder = folder;
    this.#owner = owner;
    this.#holder = `${process.pid} ${randomUUID()} ${owner}`;
  }

  /** Takes a port; false where another stack that is alive has it. Where no file can be written, nothing is known, and it is true. */
  take(port: number): boolean {
    const file = join(this.#folder, String(port));
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#write(file, linkSync)) {
        this.#held.add(port);
        return true;
      }
      const holder = readHolder(file);
      if (holder === this.#holder) return true;
      const [, , ...owner] = holder.split(" ");
      if (owner.join(" ") === this.#owner) {
        this.#held.add(port);
        return this.#write(file, renameSync);
      }
      if (isHeld(file, holder)) return false;
      rmSync(file, { force: true }); // it was killed, and left it
    }
    return false;
  }

  /** Gives back all that it took, and what the dead have left. */
  release(): void {
    for (const port of this.#held) {
      const file = join(this.#folder, String(port));
      if (readHolder(file) === this.#holder) rmSync(file, { force: true });
    }
    this.#held.clear();
    for (const name of listFolder(this.#folder)) {
      const file = join(this.#folder, name);
      const holder = readHolder(file);
      // An empty one is gone already, or is being written.
      if (holder !== "" && !isHeld(file, holder)) rmSync(file, { force: true });
    }
  }

  /** False where the file is there. A link or a new name: it is never there without what is in it. */
  #write(file: string, place: (draft: string, file: string) => void): boolean {
    const draft = `${file}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, this.#holder, { mode: 0o600 });
      try {
        place(draft, file);
      } finally {
        rmSync(draft, { force: true });
      }
      return true;
    } catch (error) {
      return !(error instanceof Error && "code" in error && error.code === "EEXIST");
    }
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was ever taken
  }
}

/** Whether the process that a file names is there still. */
function isHeld(file: string, holder: string): boolean {
  return isAlive(Number.parseInt(holder, 10)) && isSinceBoot(file);
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A process's number says nothing about one of before the machine was started. */
function isSinceBoot(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return written > Date.now() - uptime() * 1000;
}

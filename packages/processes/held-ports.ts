import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/**
 * The ports that engines of this user have given out, each a file in the temp folder with who has it. A port is free until its server listens, and two
 * stacks that start at the same time would both take it: one of them would then speak to the other's database.
 */
export class HeldPorts {
  readonly #folder: string;
  readonly #holder = `${process.pid} ${randomUUID()}`;
  readonly #held = new Set<number>();

  constructor(folder = join(tmpdir(), `drydock-${userInfo().uid}`, "ports")) {
    this.#folder = folder;
  }

  /** Takes a port; false where another engine that is alive has it. Where no file can be written, nothing is known, and it is true. */
  take(port: number): boolean {
    const file = join(this.#folder, String(port));
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#write(file)) {
        this.#held.add(port);
        return true;
      }
      const holder = readHolder(file);
      if (holder === this.#holder) return true;
      if (isAlive(Number.parseInt(holder, 10))) return false;
      rmSync(file, { force: true }); // it was killed, and left it
    }
    return false;
  }

  /** Gives back all that it took. */
  release(): void {
    for (const port of this.#held) {
      const file = join(this.#folder, String(port));
      if (readHolder(file) === this.#holder) rmSync(file, { force: true });
    }
    this.#held.clear();
  }

  /** False where the file is there. A link: it is never there without what is in it. */
  #write(file: string): boolean {
    const draft = `${file}.${this.#holder.replace(" ", "-")}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, this.#holder, { mode: 0o600 });
      try {
        linkSync(draft, file);
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

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Guardian, markers } from "@drydock/processes";

/** What a front's process is started with. */
export interface FrontProgram {
  /** What runs `dev serve nginx --config FILE`. */
  readonly command: readonly string[];
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Marks it, so that what a crash leaves is found. */
  readonly sessionId: string;
  readonly projectDirectory: string;
}

// No service can have this name: the engine never takes the front for one of a service's processes.
const label = "@front";
const keptLines = 20;
const politeMs = 6_000;
const patienceMs = 10_000;

/** The child process that serves a front. It ends with this process, however that ends. */
export class FrontProcess {
  readonly #child: ChildProcess;
  readonly #guardian: Guardian;
  readonly #lines: string[] = [];
  readonly #readers = new Set<(line: string) => void>();
  readonly ended: Promise<void>;
  #isEnded = false;

  constructor({ command, directory, variables, sessionId, projectDirectory }: FrontProgram) {
    const [program = "", ...words] = command;
    this.#guardian = new Guardian(sessionId);
    this.#child = spawn(program, words, {
      cwd: directory,
      env: { ...variables, ...markers(sessionId, projectDirectory, label) },
      detached: process.platform !== "win32",
      windowsHide: true,
      // Its standard input closes with our death: that ends it where no guardian does.
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdin?.on("error", () => undefined);
    if (this.#child.pid !== undefined && process.platform !== "win32") this.#guardian.guard(this.#child.pid);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream) createInterface({ input: stream }).on("line", (line) => this.#keep(line));
    this.ended = new Promise((resolve) => {
      const settle = () => {
        this.#isEnded = true;
        if (this.#child.pid !== undefined) this.#guardian.release(this.#child.pid);
        resolve();
      };
      this.#child.once("exit", settle);
      this.#child.once("error", (error) => {
        this.#keep(error.message);
        settle();
      });
    });
  }

  get isRunning(): boolean {
    return !this.#isEnded;
  }

  /** Resolves with the next line like this; undefined when it ends before, or says nothing like it for ten seconds. */
  async nextLine(pattern: RegExp): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    let take: (line: string) => void = () => undefined;
    const line = new Promise<string>((resolve) => {
      take = (each) => {
        if (pattern.test(each)) resolve(each);
      };
      this.#readers.add(take);
    });
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    try {
      return await Promise.race([line, late, this.ended.then(() => undefined)]);
    } finally {
      clearTimeout(timer);
      this.#readers.delete(take);
    }
  }

  /** Its last lines, oldest first. */
  get said(): readonly string[] {
    return this.#lines;
  }

  /** Lets it read its configuration again. False where this platform cannot say so to a process. */
  reload(): boolean {
    this.#lines.length = 0;
    // Windows has no SIGHUP: to send it ends the process (nodejs.org/api/process.html, Signal events).
    return process.platform !== "win32" && this.#child.kill("SIGHUP");
  }

  /** Lets requests under way end, and resolves when nothing of it is left. */
  async stop(): Promise<void> {
    if (!this.#isEnded) {
      this.#child.kill("SIGTERM");
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), politeMs);
      await this.ended;
      clearTimeout(timer);
    }
    await this.#guardian.close();
  }

  #keep(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > keptLines) this.#lines.shift();
    for (const reader of [...this.#readers]) reader(line);
  }
}

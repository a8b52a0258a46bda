import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { endGroup, Guardian, markers, signalGroup } from "@drydock/processes";
import type { FrontSoftware } from "./front-software.ts";
import type { ServingParts } from "./serving-parts.ts";

/** What a front's process is started with. */
export interface FrontProgram {
  readonly software: FrontSoftware;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Marks it, so that what a crash leaves is found. */
  readonly sessionId: string;
  readonly projectDirectory: string;
}

// No service can have this name: the engine never takes the front for one of a service's processes.
const label = "@front";
const keptLines = 20;
const patienceMs = 10_000;
const retiringMs = 3_000;

/** The child process that serves a front. It ends with this process, however that ends. */
export class FrontProcess {
  readonly #child: ChildProcess;
  readonly #guardian: Guardian;
  readonly #lines: string[] = [];
  readonly #readers = new Set<(line: string) => void>();
  readonly #software: FrontSoftware;
  readonly #parts: ServingParts;
  readonly ended: Promise<void>;
  #isEnded = false;

  constructor({ software, directory, variables, sessionId, projectDirectory }: FrontProgram) {
    const [program = "", ...words] = software.command;
    this.#software = software;
    this.#parts = software.parts();
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
      const settle = async (code: number | null) => {
        this.#isEnded = true;
        this.#parts.end();
        const { pid } = this.#child;
        if (pid !== undefined) {
          // Workers outlive a master that was killed, and hold its ports.
          await endGroup(pid).catch(() => undefined);
          if (code !== 0) await software.clear();
          this.#guardian.release(pid);
        }
        resolve();
      };
      this.#child.once("exit", settle);
      this.#child.once("error", (error) => {
        this.#keep(error.message);
        void settle(null);
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

  /** Its last lines that matter, oldest first. */
  get said(): readonly string[] {
    const told = this.#lines.filter((line) => !this.#software.chatter.test(line));
    return told.length > 0 ? told : this.#lines;
  }

  /** Resolves when nothing takes connections any more for what it serves at the moment of this call; after three seconds at the latest. */
  async retired(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, retiringMs);
    });
    await Promise.race([this.#parts.retired(), late]);
    clearTimeout(timer);
  }

  /** Resolves when nothing answers any more with what it serves at the moment of this call: after a reload, and when the last request is over. */
  gone(): Promise<void> {
    return this.#parts.gone();
  }

  /** Lets it read its configuration again. False where this platform cannot say so to a process. */
  reload(): boolean {
    this.#lines.length = 0;
    // Windows has no SIGHUP: to send it ends the process (nodejs.org/api/process.html, Signal events).
    return process.platform !== "win32" && this.#child.kill("SIGHUP");
  }

  /** Lets requests under way end, and resolves when nothing of it is left. */
  async stop(): Promise<void> {
    for (const [signal, patience] of this.#software.farewells) {
      if (this.#isEnded) break;
      this.#child.kill(signal);
      await this.#endedWithin(patience);
    }
    // All that it started, too: it leads a group of its own.
    if (!this.#isEnded && this.#child.pid !== undefined) signalGroup(this.#child.pid, "SIGKILL");
    await this.ended;
    await this.#guardian.close();
  }

  async #endedWithin(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.ended, late]);
    clearTimeout(timer);
  }

  #keep(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > keptLines) this.#lines.shift();
    this.#parts.take(line);
    for (const reader of [...this.#readers]) reader(line);
  }
}

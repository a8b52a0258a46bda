import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { encodeFrame } from "./frame.ts";

/** When appended commands are flushed to the disk: before they are acknowledged, once a second, or when the system wants to. */
export type FsyncPolicy = "always" | "everysec" | "no";

/** One thing that happened: a command with its database. */
export interface AppendedCommand {
  readonly database: number;
  readonly args: readonly string[];
}

const syncEveryMs = 1000;
const retryAfterMs = 200;
const multiFrame = encodeFrame(["MULTI"]);
const execFrame = encodeFrame(["EXEC"]);

/**
 * The open end of an append-only log. Commands are collected by `append`; `flushed` writes them with one call to the system, and with
 * the policy "always" one flush to the disk serves all that wait for it. What could not be written stays and is tried again.
 * Positions count bytes from the opening on, through all files.
 */
export class AppendLog {
  #file: number;
  #policy: FsyncPolicy;
  #pending = "";
  /** What a write that failed half-way left over. */
  #unwritten: Buffer | undefined;
  #database = -1;
  #appended = 0;
  #written = 0;
  #synced = 0;
  #fileStart = 0;
  /** The flush that runs, and the one that begins after it. */
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #problem: string | undefined;
  #isClosed = false;

  constructor(path: string, policy: FsyncPolicy) {
    this.#file = openSync(path, "a");
    this.#policy = policy;
  }

  /** Why nothing can be written now; undefined when all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The position behind all that was appended. */
  get position(): number {
    return this.#appended;
  }

  /** Bytes appended since the log was opened or switched. */
  get size(): number {
    return this.#appended - this.#fileStart;
  }

  set policy(policy: FsyncPolicy) {
    this.#policy = policy;
  }

  /** Takes what one command, transaction or script did; several commands become a transaction. Writes nothing yet. */
  append(commands: readonly AppendedCommand[]): void {
    let frames = "";
    for (const { database, args } of commands) {
      if (database !== this.#database) frames += encodeFrame(["SELECT", String(database)]);
      this.#database = database;
      frames += encodeFrame(args);
    }
    if (commands.length > 1) frames = multiFrame + frames + execFrame;
    this.#pending += frames;
    this.#appended += frames.length;
  }

  /**
   * Writes what was appended. Undefined when all before `position` is as durable as the policy promises; else a promise of that,
   * which is rejected when the disk fails: then it must not be acknowledged.
   */
  flushed(position: number): Promise<void> | undefined {
    this.#tryToWrite();
    if (this.#written < position) return Promise.reject(new Error(this.#problem ?? "the log is not written"));
    if (this.#policy === "always") return this.#synced < position ? this.#sync() : undefined;
    if (this.#policy === "everysec" && this.#written !== this.#synced) this.#syncSoon();
    return undefined;
  }

  /** Resolves once all that was appended is on the disk, whatever the policy; rejected when the disk fails. */
  async synced(): Promise<void> {
    this.#tryToWrite();
    if (this.#written < this.#appended) throw new Error(this.#problem ?? "the log is not written");
    if (this.#synced < this.#written) await this.#sync();
  }

  /** Goes on in another file. All that was appended before is in the old one and on the disk. @throws the system's error, changing nothing */
  switchTo(path: string): Promise<void> {
    this.#write();
    const old = this.#file;
    fdatasyncSync(old);
    this.#synced = this.#written;
    this.#file = openSync(path, "a");
    this.#database = -1;
    this.#fileStart = this.#appended;
    return Promise.allSettled([this.#running, this.#next]).then(() => closeSync(old));
  }

  /** Writes, flushes and closes. @throws the system's error, closed all the same */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#syncTimer);
    clearTimeout(this.#retryTimer);
    try {
      await Promise.allSettled([this.#running, this.#next]);
      this.#write();
      fdatasyncSync(this.#file);
    } finally {
      closeSync(this.#file);
    }
  }

  #tryToWrite(): void {
    try {
      if (this.#pending !== "") this.#write();
    } catch (error) {
      this.#fail(error);
    }
  }

  #write(): void {
    const fresh = Buffer.from(this.#pending, "latin1");
    let bytes = this.#unwritten === undefined ? fresh : Buffer.concat([this.#unwritten, fresh]);
    this.#pending = "";
    this.#unwritten = undefined;
    try {
      while (bytes.length > 0) {
        const count = writeSync(this.#file, bytes);
        this.#written += count;
        bytes = bytes.subarray(count);
      }
    } catch (error) {
      this.#unwritten = Buffer.from(bytes);
      throw error;
    }
  }

  #sync(): Promise<void> {
    // A flush that runs began before the last write: the one after it counts.
    if (this.#running === undefined) return this.#begin();
    this.#next ??= this.#running.catch(() => undefined).then(() => this.#begin());
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    const until = this.#written;
    const running = syncFile(this.#file).then(
      () => {
        this.#synced = Math.max(this.#synced, until);
      },
      (error: unknown) => {
        this.#fail(error);
        throw error;
      },
    );
    this.#running = running;
    const done = () => {
      if (this.#running === running) this.#running = undefined;
    };
    running.then(done, done);
    return running;
  }

  #syncSoon(): void {
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      if (this.#written !== this.#synced) this.#sync().catch(() => undefined);
    }, syncEveryMs).unref();
  }

  /** Remembers the failure, and tries again until it is over. */
  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    if (this.#isClosed) return;
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = undefined;
      this.#retry().then(
        () => {
          this.#problem = undefined;
        },
        (again: unknown) => this.#fail(again),
      );
    }, retryAfterMs).unref();
  }

  async #retry(): Promise<void> {
    this.#write();
    await this.#sync();
  }
}

const syncFile = (file: number): Promise<void> =>
  new Promise((resolve, reject) => fdatasync(file, (error) => (error === null ? resolve() : reject(error))));

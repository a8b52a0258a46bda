import type { AppendedCommand } from "../persistence/aof/append-log.ts";
import type { LoadTarget } from "../persistence/load-target.ts";
import { Persistence, type PersistenceOptions } from "../persistence/persistence.ts";
import type { Snapshot } from "../persistence/rdb/write-rdb.ts";
import type { Freeze } from "../persistence/rdb/write-rdb-slowly.ts";
import { BackgroundJob, type BackgroundKind } from "./background-job.ts";

const refusedAfterFailedSave =
  "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands that may modify the data set are disabled, because this instance is configured to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about the RDB error.";

// CONFIG_BGSAVE_RETRY_DELAY of Redis.
const retryAfterMs = 5000;

/** Keeps the data of one server in files, or, until `open` is called, in memory only. */
export class DataKeeper {
  readonly #snapshot: () => Snapshot;
  readonly #freeze: Freeze;
  readonly #job = new BackgroundJob();
  #log: (line: string) => void = () => {};
  #rewriteFailedAt = 0;
  #persistence: Persistence | undefined;
  /** Unix time in milliseconds of the last snapshot, or of the start. */
  lastSaveAt = Date.now();
  /** How many changes the server had seen at the last snapshot. */
  changesAtSave = 0;
  /** Why the last snapshot or rewrite failed; undefined when it did not. */
  saveProblem: string | undefined;
  rewriteProblem: string | undefined;
  /** How many snapshots and rewrites there were. */
  saves = 0;
  rewrites = 0;
  /** Whether nothing may be written while snapshots fail: `stop-writes-on-bgsave-error`. */
  needsSnapshots: () => boolean = () => false;

  constructor(snapshot: () => Snapshot, freeze: Freeze) {
    this.#snapshot = snapshot;
    this.#freeze = freeze;
  }

  /** What is being written in the background. */
  get background(): BackgroundKind | undefined {
    return this.#job.kind;
  }

  /** Loads the folder and keeps data in it from then on. @throws DevError, see `Persistence.open` */
  open(options: PersistenceOptions, target: LoadTarget): void {
    this.#log = options.log;
    this.#persistence = Persistence.open(options, target, this.#snapshot);
  }

  /** The files; undefined for a server in memory. */
  get files(): Persistence | undefined {
    return this.#persistence;
  }

  /** The error for commands that write while the log, or a snapshot that the settings ask for, cannot be written; undefined when all is well. */
  get refusal(): string | undefined {
    const problem = this.#persistence?.problem;
    if (problem !== undefined) return `MISCONF Errors writing to the AOF file: ${problem}`;
    return this.saveProblem !== undefined && this.needsSnapshots() ? refusedAfterFailedSave : undefined;
  }

  append(commands: readonly AppendedCommand[]): void {
    this.#persistence?.append(commands);
  }

  /** The position in the log behind all that happened. */
  get position(): number {
    return this.#persistence?.position ?? 0;
  }

  /** See `AppendLog.flushed`. */
  flushed(position: number): Promise<void> | undefined {
    return this.#persistence?.flushed(position);
  }

  /** Writes the snapshot now; `changes` is what the server counts. Returns what went wrong. */
  save(changes = 0): string | undefined {
    try {
      this.#files().save(this.#snapshot());
      this.#saved(changes);
    } catch (error) {
      this.saveProblem = textOf(error);
    }
    return this.saveProblem;
  }

  /** Writes the snapshot of this moment while the server goes on, unless something else is being written. @throws when the data are in memory only */
  saveSlowly(changes: number): void {
    const files = this.#files();
    if (this.#job.kind !== undefined) return;
    const save = (signal: AbortSignal) => files.saveSlowly(this.#freeze, signal);
    this.#job.start("save", save, (problem) => {
      if (problem === undefined) this.#saved(changes);
      else {
        this.saveProblem = textOf(problem);
        this.#log(`dump.rdb could not be written: ${this.saveProblem}`);
      }
    });
  }

  /** Rewrites the log to what is there at this moment while the server goes on, unless something else is being written. @throws as saveSlowly */
  rewrite(): void {
    const files = this.#files();
    if (this.#job.kind !== undefined) return;
    const rewrite = (signal: AbortSignal) => files.rewrite(this.#freeze, signal);
    this.#job.start("rewrite", rewrite, (problem) => {
      this.rewriteProblem = problem === undefined ? undefined : textOf(problem);
      if (problem === undefined) this.rewrites++;
      else {
        this.#rewriteFailedAt = Date.now();
        this.#log(`the append-only file could not be rewritten: ${this.rewriteProblem}`);
      }
    });
  }

  /** Whether the log has grown so much that it is worth a rewrite, and one that failed is not too recent. */
  isRewriteDue(percentage: number, minBytes: number): boolean {
    if (this.#persistence?.isRewriteDue(percentage, minBytes) !== true) return false;
    return Date.now() - this.#rewriteFailedAt >= retryAfterMs;
  }

  /** Does it when nothing is being written any more, after the command that asks. */
  schedule(start: () => void): void {
    this.#job.schedule(() => {
      if (this.#persistence !== undefined) start();
    });
  }

  #saved(changes: number): void {
    this.lastSaveAt = Date.now();
    this.changesAtSave = changes;
    this.saves++;
    this.saveProblem = undefined;
  }

  /** Begins or ends the append-only log. Returns what went wrong. */
  setAppendOnly(isOn: boolean, fsync: PersistenceOptions["fsync"]): string | undefined {
    // A rewrite would put its own base in the place of the new log's.
    void this.#job.abort();
    try {
      if (isOn) this.#files().startLog(this.#snapshot(), fsync);
      else void this.#persistence?.stopLog();
      return undefined;
    } catch (error) {
      return textOf(error);
    }
  }

  /** Ends it. With `isSaving`, a server without a log writes its snapshot first. */
  async close(isSaving: boolean): Promise<void> {
    const persistence = this.#persistence;
    if (persistence === undefined) return;
    await this.#job.abort();
    if (isSaving && !persistence.isAppendOnly) this.save();
    this.#persistence = undefined;
    await persistence.close();
  }

  #files(): Persistence {
    if (this.#persistence === undefined)
      throw new Error("this server keeps its data in memory; start it with a data folder");
    return this.#persistence;
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

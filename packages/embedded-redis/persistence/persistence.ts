import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type AppendedCommand, AppendLog, type FsyncPolicy } from "./aof/append-log.ts";
import { loadLogFile } from "./aof/load-log-file.ts";
import { LogFolder } from "./aof/log-folder.ts";
import { ByteReader, MalformedBytes } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { lockFolder } from "./folder-lock.ts";
import type { LoadTarget } from "./load-target.ts";
import { brokenFile } from "./persistence-errors.ts";
import { readRdb } from "./rdb/read-rdb.ts";
import { type AuxFields, type Snapshot, writeRdb } from "./rdb/write-rdb.ts";
import { type Freeze, writeRdbSlowly } from "./rdb/write-rdb-slowly.ts";
import { writeAll, writeAtomically, writeAtomicallySlowly } from "./write-atomically.ts";

/** How data is kept, by the settings of redis.conf. */
export interface PersistenceOptions {
  /** The data folder, `dir`; it is made if need be, and locked. */
  readonly folder: string;
  /** `appendonly` */
  readonly isAppendOnly: boolean;
  /** `appendfsync` */
  readonly fsync: FsyncPolicy;
  /** What files say of their writer. */
  readonly aux: AuxFields;
  readonly log: (line: string) => void;
}

const snapshotName = "dump.rdb";
const logFolderName = "appendonlydir";
const logName = "appendonly.aof";

/**
 * The files of one server: a snapshot (dump.rdb) and an append-only log (appendonlydir), both Redis's own.
 *
 * Use: `Persistence.open` loads what is there. After each command, transaction or script, `append` its effects. Before a reply leaves,
 * call `flushed` with the `position` behind the command's effects and hold it back until the promise resolves; when it is rejected, the reply must not be sent. While `problem` is set,
 * refuse commands that write. `save` and `startLog` write a snapshot before they return control, so the data cannot change meanwhile;
 * `saveSlowly` and `rewrite` write the state of the moment of their call while the server goes on, one of them at a time. `close` at the end.
 */
export class Persistence {
  readonly #options: PersistenceOptions;
  readonly #unlock: () => void;
  readonly #logFolder: LogFolder;
  #log: AppendLog | undefined;

  private constructor(options: PersistenceOptions, unlock: () => void) {
    this.#options = options;
    this.#unlock = unlock;
    this.#logFolder = new LogFolder(join(options.folder, logFolderName), logName);
  }

  /**
   * Locks the folder and loads the log, or, where there is none, the snapshot; `snapshot` is asked for what was loaded when a log
   * has to be begun with it.
   * @throws DevError REDIS_FOLDER_TAKEN, REDIS_FOLDER_UNUSABLE, REDIS_BROKEN_FILE, REDIS_MISSING_FILE, REDIS_BROKEN_MANIFEST
   */
  static open(options: PersistenceOptions, target: LoadTarget, snapshot: () => Snapshot): Persistence {
    const unlock = lockFolder(options.folder);
    try {
      const persistence = new Persistence(options, unlock);
      persistence.#load(target, snapshot);
      return persistence;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Why commands that write must be refused now; undefined when all is well. */
  get problem(): string | undefined {
    return this.#log?.problem;
  }

  get isAppendOnly(): boolean {
    return this.#log !== undefined;
  }

  /** Bytes of the log's open increment. */
  get logSize(): number {
    return this.#log?.size ?? 0;
  }

  /** Path of the snapshot, for who reports it. */
  get snapshotPath(): string {
    return join(this.#options.folder, snapshotName);
  }

  /** Takes what one command, transaction or script did. */
  append(commands: readonly AppendedCommand[]): void {
    this.#log?.append(commands);
  }

  /** The position behind all that was appended. */
  get position(): number {
    return this.#log?.position ?? 0;
  }

  /** See `AppendLog.flushed`. */
  flushed(position: number): Promise<void> | undefined {
    return this.#log?.flushed(position);
  }

  /** See `AppendLog.synced`; undefined without a log. */
  synced(): Promise<void> | undefined {
    return this.#log?.synced();
  }

  /** Whether the open increment outgrew the base by `auto-aof-rewrite-percentage`, and `auto-aof-rewrite-min-size`. */
  isRewriteDue(percentage: number, minBytes: number): boolean {
    if (percentage === 0 || this.logSize < minBytes) return false;
    return this.logSize >= (this.#logFolder.baseSize * percentage) / 100;
  }

  /** Changes the policy of the log. */
  setFsync(policy: FsyncPolicy): void {
    if (this.#log !== undefined) this.#log.policy = policy;
  }

  /** SAVE: writes dump.rdb, all or nothing. @throws the system's error when it cannot be written */
  save(snapshot: Snapshot): void {
    writeAtomically(this.snapshotPath, (file) => {
      writeRdb(new ByteWriter((chunk) => writeAll(file, chunk)), snapshot, this.#options.aux);
    });
  }

  /** BGSAVE: dump.rdb of this moment. @throws the system's error, and the signal's reason; the old file stays */
  saveSlowly(freeze: Freeze, signal: AbortSignal): Promise<void> {
    const write = (file: number) =>
      writeRdbSlowly(new ByteWriter((chunk) => writeAll(file, chunk)), freeze, this.#options.aux, signal);
    return writeAtomicallySlowly(this.snapshotPath, write, signal);
  }

  /**
   * BGREWRITEAOF: a new base of this moment, and an increment for what follows. Before another log is begun it has to be aborted.
   * @throws the system's error, and the signal's reason; the old log stays valid
   */
  async rewrite(freeze: Freeze, signal: AbortSignal): Promise<void> {
    if (this.#log === undefined) return;
    const closed = this.#log.switchTo(this.#logFolder.beginIncrement());
    await Promise.all([this.#logFolder.replaceBase(freeze, this.#options.aux, signal), closed]);
  }

  /** CONFIG SET appendonly yes: begins a log with the snapshot as its base. */
  startLog(snapshot: Snapshot, fsync: FsyncPolicy): void {
    if (this.#log !== undefined) return;
    this.#log = new AppendLog(this.#logFolder.begin(snapshot, this.#options.aux), fsync);
  }

  /** CONFIG SET appendonly no: ends the log; its files stay. */
  async stopLog(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    await log?.close();
  }

  /** Writes and flushes what is left, and unlocks the folder. */
  async close(): Promise<void> {
    try {
      await this.stopLog();
    } finally {
      this.#unlock();
    }
  }

  #load(target: LoadTarget, snapshot: () => Snapshot): void {
    const { folder, fsync, isAppendOnly, log } = this.#options;
    if (isAppendOnly && this.#logFolder.exists) {
      this.#logFolder.load(target, log);
      this.#log = new AppendLog(this.#logFolder.lastIncrement, fsync);
      return;
    }
    const oldLog = join(folder, logName);
    if (isAppendOnly && existsSync(oldLog)) {
      log(`${oldLog} is a log of Redis before 7; ${logFolderName} takes its place`);
      loadLogFile(oldLog, target, true, log);
    } else if (existsSync(this.snapshotPath)) loadSnapshot(this.snapshotPath, target);
    if (isAppendOnly) this.startLog(snapshot(), fsync);
  }
}

function loadSnapshot(path: string, target: LoadTarget): void {
  const file = openSync(path, "r");
  try {
    readRdb(new ByteReader((into) => readSync(file, into)), target);
  } catch (error) {
    throw error instanceof MalformedBytes ? brokenFile(path, error.offset, error.message) : error;
  } finally {
    closeSync(file);
  }
}

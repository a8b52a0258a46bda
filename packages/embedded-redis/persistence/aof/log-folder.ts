import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ByteWriter } from "../byte-writer.ts";
import type { LoadTarget } from "../load-target.ts";
import { brokenManifest, missingFile } from "../persistence-errors.ts";
import { type AuxFields, type Snapshot, writeRdb } from "../rdb/write-rdb.ts";
import { type Freeze, writeRdbSlowly } from "../rdb/write-rdb-slowly.ts";
import { syncFolder, writeAll, writeAtomically, writeAtomicallySlowly } from "../write-atomically.ts";
import { loadLogFile } from "./load-log-file.ts";
import { formatManifest, type LogFile, parseManifest } from "./manifest.ts";

/** The files of an append-only log in Redis 7's form: a manifest, a base, and increments ("Redis persistence", log rewriting). */
export class LogFolder {
  readonly #folder: string;
  readonly #name: string;
  #files: readonly LogFile[] = [];
  #baseSize = 0;

  /** `name` is the stem of all file names, `appendonly.aof` in Redis. */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  get #manifestPath(): string {
    return join(this.#folder, `${this.#name}.manifest`);
  }

  /** Whether there is a log. */
  get exists(): boolean {
    return existsSync(this.#manifestPath);
  }

  /** The path of the increment that commands are appended to. */
  get lastIncrement(): string {
    const last = this.#files.findLast(({ type }) => type === "increment");
    return join(this.#folder, last?.name ?? "");
  }

  /** Bytes of the base, 0 without one. */
  get baseSize(): number {
    return this.#baseSize;
  }

  /** Applies all files in order. Only the last one may end early. @throws DevError REDIS_BROKEN_MANIFEST, REDIS_MISSING_FILE, REDIS_BROKEN_FILE */
  load(target: LoadTarget, log: (line: string) => void): void {
    this.#readManifest();
    const current = this.#files.filter(({ type }) => type !== "history");
    for (const [index, { name }] of current.entries()) {
      const path = join(this.#folder, name);
      if (!existsSync(path)) throw missingFile(path, this.#manifestPath);
      loadLogFile(path, target, index === current.length - 1, log);
    }
    this.#measureBase();
    this.#removeOthers();
    if (!this.#files.some(({ type }) => type === "increment")) this.beginIncrement();
  }

  /** Adds an empty increment to the manifest and returns its path: what comes from now on goes there. */
  beginIncrement(): string {
    const increment = this.#createIncrement();
    this.#write([...this.#files, increment]);
    return join(this.#folder, increment.name);
  }

  /**
   * Writes a base of this moment, in the course of time, that stands for all files but the last increment; then removes those. Nothing but
   * `signal` may begin another log meanwhile.
   */
  async replaceBase(freeze: Freeze, aux: AuxFields, signal: AbortSignal): Promise<void> {
    const last = this.#files.findLast(({ type }) => type === "increment");
    const base = this.#nextFile("base");
    const write = (file: number) =>
      writeRdbSlowly(new ByteWriter((chunk) => writeAll(file, chunk)), freeze, { ...aux, "aof-base": "1" }, signal);
    await writeAtomicallySlowly(join(this.#folder, base.name), write, signal);
    this.#write([base, ...(last === undefined ? [] : [last])]);
    this.#removeOthers();
  }

  /** Begins a log with a base and an empty increment, whose path it returns. One that is there is replaced at once. */
  begin(snapshot: Snapshot, aux: AuxFields): string {
    if (this.exists) this.#readManifest();
    const increment = this.#createIncrement();
    this.#write([this.#createBase(snapshot, aux), increment]);
    this.#removeOthers();
    return join(this.#folder, increment.name);
  }

  #readManifest(): void {
    const files = parseManifest(readFileSync(this.#manifestPath, "utf8"));
    if (files === undefined) throw brokenManifest(this.#manifestPath);
    this.#files = files;
  }

  #createIncrement(): LogFile {
    mkdirSync(this.#folder, { recursive: true });
    const increment = this.#nextFile("increment");
    // Emptied: a file of that name that no manifest knows is a remnant.
    closeSync(openSync(join(this.#folder, increment.name), "w"));
    syncFolder(this.#folder);
    return increment;
  }

  #createBase(snapshot: Snapshot, aux: AuxFields): LogFile {
    const base = this.#nextFile("base");
    writeAtomically(join(this.#folder, base.name), (file) => {
      writeRdb(new ByteWriter((chunk) => writeAll(file, chunk)), snapshot, { ...aux, "aof-base": "1" });
    });
    return base;
  }

  #nextFile(type: "base" | "increment"): LogFile {
    const used = this.#files.filter((file) => file.type === type).map(({ sequence }) => sequence);
    const sequence = Math.max(0, ...used) + 1;
    return { name: `${this.#name}.${sequence}.${type === "base" ? "base.rdb" : "incr.aof"}`, sequence, type };
  }

  #write(files: readonly LogFile[]): void {
    writeAtomically(this.#manifestPath, (file) => writeAll(file, Buffer.from(formatManifest(files))));
    this.#files = files;
    this.#measureBase();
  }

  #measureBase(): void {
    const base = this.#files.find(({ type }) => type === "base");
    this.#baseSize = base === undefined ? 0 : statSync(join(this.#folder, base.name)).size;
  }

  /** Removes files of this log that the manifest does not name: an interrupted rewrite left them. */
  #removeOthers(): void {
    const named = new Set(this.#files.filter(({ type }) => type !== "history").map(({ name }) => name));
    for (const name of readdirSync(this.#folder)) {
      if (!name.startsWith(`${this.#name}.`) || named.has(name) || name === `${this.#name}.manifest`) continue;
      rmSync(join(this.#folder, name), { force: true });
    }
  }
}

import { type Database, open, type RootDatabase, type Transaction } from "lmdb";
import { EarlyCommits } from "./early-commits.ts";
import { shuttingDown } from "./mongo-errors.ts";
import { recordIdOf } from "./record-keys.ts";
import type { RecordId } from "./store.ts";

/**
 * The LMDB databases of a folder; commit-marks.ts has one more. Collections and indexes have numbers and share a database each, so that there may be any number of them:
 * - `catalog`: see catalog-keys.ts;
 * - `records`: collection's number (4 bytes), record id (6) -> BSON;
 * - `entries`: index's number (4), the key, and unless the index is unique the record id (6): see entry-keys.ts;
 * - `changes`: see change-keys.ts.
 */
export type TableName = "catalog" | "records" | "entries" | "changes";

export interface KeyValue {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** From `from` on up to what is before `to`; in reverse from the end. */
export interface Span {
  readonly from: Buffer;
  readonly to: Buffer;
  readonly isReverse: boolean;
}

/** Records as they were before they were touched; undefined where there was none. */
export type RecordsBefore = Map<RecordId, Buffer | undefined>;

/** A state of the data that does not change; it costs the file space until it is let go. */
export interface State {
  close(): void;
}

class ReadState implements State {
  #transaction: Transaction | undefined;
  readonly #closed: (state: ReadState) => void;

  constructor(transaction: Transaction, closed: (state: ReadState) => void) {
    this.#transaction = transaction;
    this.#closed = closed;
  }

  /** @throws MongoError InterruptedAtShutdown after it was closed: LMDB would read what is no longer there */
  get transaction(): Transaction {
    if (!this.#transaction) throw shuttingDown();
    return this.#transaction;
  }

  close(): void {
    this.#transaction?.done();
    this.#transaction = undefined;
    this.#closed(this);
  }
}

type Table = Database<Buffer, Buffer>;

const binary = { encoding: "binary", keyEncoding: "binary" } as const;

// One for each open snapshot; LMDB keeps 64 bytes for each.
const maxReaders = 4096;

// Fewer at first: most ranges are short.
const firstChunk = 16;
const maxChunk = 512;
const maxChunkBytes = 1_048_576;

/** LMDB as this package uses it. Reads outside of `transaction` see what was committed; inside, what was written. */
export class Tables {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #tables: Readonly<Record<TableName, Table>>;
  readonly #commits: EarlyCommits;
  readonly #states: Set<ReadState> = new Set();
  readonly #watches: Set<{ readonly collection: number; readonly before: RecordsBefore }> = new Set();
  #isClosed = false;

  /** `isLasting` false leaves out every flush. @throws what the file system says */
  constructor(directory: string, isLasting: boolean) {
    this.#root = open<Buffer, Buffer>(directory, {
      ...binary,
      maxDbs: 8,
      maxReaders,
      // With it, a commit that fails rejects a promise that nobody has, too. `transaction` batches anyway.
      eventTurnBatching: false,
      // A path with a dot is a folder, too.
      noSubdir: false,
      ...(isLasting ? {} : { noSync: true, overlappingSync: false }),
    });
    this.#commits = new EarlyCommits(this.#root);
    const table = (name: TableName): Table => this.#root.openDB<Buffer, Buffer>(name, { ...binary });
    this.#tables = {
      catalog: table("catalog"),
      records: table("records"),
      entries: table("entries"),
      changes: table("changes"),
    };
  }

  /** @throws MongoError InterruptedAtShutdown */
  state(): State {
    this.#refuseClosed();
    const state = new ReadState(this.#root.useReadTransaction(), (closed) => this.#states.delete(closed));
    this.#states.add(state);
    return state;
  }

  get(table: TableName, key: Buffer, state?: State): Buffer | undefined {
    const value = this.#tables[table].get(key, this.#options(state));
    return value && plain(value);
  }

  /** Lazy: no cursor stays open between what it yields, so that it may be left at any time and the state let go. */
  *range(table: TableName, { from, to, isReverse }: Span, state?: State): Generator<KeyValue, void> {
    let start = isReverse ? to : from;
    let exclusiveStart = isReverse;
    let limit = firstChunk;
    if (Buffer.compare(from, to) >= 0) return;
    for (;;) {
      const options = {
        start,
        end: isReverse ? from : to,
        exclusiveStart,
        inclusiveEnd: isReverse,
        reverse: isReverse,
      };
      const chunk = this.#chunk(table, { ...options, limit, ...this.#options(state) });
      const last = chunk.at(-1);
      for (const each of chunk) yield each;
      if (!last) return;
      start = last.key;
      exclusiveStart = true;
      limit = Math.min(limit * 4, maxChunk);
    }
  }

  #chunk(table: TableName, options: Parameters<Table["getRange"]>[0]): KeyValue[] {
    const chunk: KeyValue[] = [];
    let bytes = 0;
    for (const { key, value } of this.#tables[table].getRange(options)) {
      chunk.push({ key, value: plain(value) });
      bytes += value.length;
      if (bytes > maxChunkBytes) break;
    }
    return chunk;
  }

  /** Inside of `transaction` only. @throws what LMDB says */
  put(table: TableName, key: Buffer, value: Buffer): void {
    this.#commits.changes();
    if (table === "records") this.#touched(key);
    this.#tables[table].putSync(key, value);
  }

  /** Inside of `transaction` only. @throws what LMDB says */
  remove(table: TableName, key: Buffer): void {
    this.#commits.changes();
    if (table === "records") this.#touched(key);
    this.#tables[table].removeSync(key);
  }

  /** Notes from now on which records of a collection are touched, committed or not, and what they were before. Returns how to end it. */
  watchRecords(collection: number, before: RecordsBefore): () => void {
    const watch = { collection, before };
    this.#watches.add(watch);
    return () => this.#watches.delete(watch);
  }

  #touched(key: Buffer): void {
    for (const { collection, before } of this.#watches) {
      if (key.readUInt32BE(0) !== collection) continue;
      const id = recordIdOf(key);
      if (!before.has(id)) before.set(id, this.get("records", key));
    }
  }

  /** Runs `work`, which neither waits nor throws, as the only writer; several are committed at once. Rejects when the commit failed. */
  async transaction<T>(work: () => T): Promise<T> {
    this.#refuseClosed();
    return await this.#commits.transaction(work);
  }

  /** Resolves when everything that was committed is on disk. */
  flushed(): Promise<void> {
    return this.#commits.flushed();
  }

  /** A copy of the committed state as a folder that can be opened. */
  copyTo(directory: string): Promise<void> {
    return this.#root.backup(directory, false);
  }

  /** Ends all that reads. @throws what LMDB says */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const state of this.#states) state.close();
    await this.#root.close();
  }

  #options(state: State | undefined): { readonly transaction?: Transaction } {
    if (state instanceof ReadState) return { transaction: state.transaction };
    this.#refuseClosed();
    return {};
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw shuttingDown();
  }
}

/** lmdb gives big values as buffers with a length property of their own, which V8 treats as dictionaries. */
const plain = (value: Buffer): Buffer =>
  Object.hasOwn(value, "length") ? Buffer.from(value.buffer, value.byteOffset, value.length) : value;

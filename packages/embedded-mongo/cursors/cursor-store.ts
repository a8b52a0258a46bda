import type { Clock } from "@drydock/core";
import { MongoError } from "../errors/mongo-error.ts";
import type { Operation } from "../server/operation.ts";
import type { Namespace } from "../storage/store.ts";
import type { BatchSource } from "./batch-source.ts";

/** How a cursor lives. */
export interface CursorOptions {
  /** The operation that opened it, seen by the source; each getMore continues it. */
  readonly operation: Operation;
  /** The session it belongs to, as `Session.key`: it ends with it, and no other session may use it. */
  readonly sessionKey?: string | undefined;
  /** The transaction it was opened in: it ends with it, and no other may use it. */
  readonly transactionNumber?: bigint | undefined;
  readonly noCursorTimeout?: boolean;
  readonly isTailable?: boolean;
  /** A getMore that finds nothing waits for writes. */
  readonly awaitsData?: boolean;
  /** A user's name and database, when authentication is on. */
  readonly owner?: string | undefined;
}

/** An open cursor. */
export interface Cursor {
  readonly id: bigint;
  readonly namespace: Namespace;
  readonly source: BatchSource;
  readonly options: CursorOptions;
  /** A getMore is using it now. */
  isBusy: boolean;
  /** It is over: killed, done or failed. The getMore that uses it closes it. */
  isKilled: boolean;
  /** A time of the clock. */
  lastUse: number;
  /** What is left of the maxTimeMS that it was opened with. */
  remainingMs: number | undefined;
}

/** All open cursors of the server. */
export class CursorStore {
  readonly #clock: Clock;
  readonly #random: () => bigint;
  readonly #cursors = new Map<bigint, Cursor>();

  /** `random` gives 63 bits: ids cannot be guessed from each other. */
  constructor(clock: Clock, random: () => bigint) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Keeps a source for getMores; the id is above zero. */
  open(namespace: Namespace, source: BatchSource, options: CursorOptions): bigint {
    let id = this.#random();
    while (id === 0n || this.#cursors.has(id)) id = this.#random();
    const lastUse = this.#clock.now();
    const { remainingMs } = options.operation;
    this.#cursors.set(id, { id, namespace, source, options, isBusy: false, isKilled: false, lastUse, remainingMs });
    return id;
  }

  get(id: bigint): Cursor | undefined {
    const cursor = this.#cursors.get(id);
    return cursor?.isKilled ? undefined : cursor;
  }

  /** Marks its use as over: the idle time begins anew. Closes it when it was killed meanwhile. */
  release(cursor: Cursor): void {
    cursor.isBusy = false;
    cursor.lastUse = this.#clock.now();
    if (cursor.isKilled) this.#remove(cursor);
  }

  /** Closes it, at once or when the getMore that uses it has ended. Whether there was one. */
  kill(id: bigint): boolean {
    const cursor = this.get(id);
    if (!cursor) return false;
    cursor.isKilled = true;
    if (cursor.isBusy) cursor.options.operation.interrupt(new MongoError("CursorKilled", "cursor was killed"));
    else this.#remove(cursor);
    return true;
  }

  /** Kills those that `isMeant` says. */
  killWhere(isMeant: (cursor: Cursor) => boolean): void {
    for (const cursor of [...this.#cursors.values()]) if (isMeant(cursor)) this.kill(cursor.id);
  }

  /** Kills those that nobody used for so long (manual, cursorTimeoutMillis: 10 minutes). */
  killIdle(timeoutMs: number): void {
    const oldest = this.#clock.now() - timeoutMs;
    this.killWhere(({ options, isBusy, lastUse }) => !options.noCursorTimeout && !isBusy && lastUse < oldest);
  }

  get size(): number {
    return this.#cursors.size;
  }

  [Symbol.iterator](): Iterator<Cursor> {
    return this.#cursors.values();
  }

  #remove(cursor: Cursor): void {
    if (this.#cursors.delete(cursor.id)) cursor.source.close();
  }
}

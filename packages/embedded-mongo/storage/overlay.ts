import { type LockHolder, type Locks, writeConflict } from "./locks.ts";
import { SortedKeys } from "./sorted-keys.ts";
import type { KeyValue, Span, TableName } from "./tables.ts";
import type { Changer, View } from "./view.ts";

/** A change that is kept aside: what the snapshot has at the key, and what it shall be. */
interface Change {
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
}

/** A snapshot with changes of its own on top, which nobody else sees. */
export class Overlay implements Changer {
  readonly #snapshot: View;
  readonly #latest: View;
  readonly #locks: Locks;
  readonly #holder: LockHolder;
  readonly #tables: Map<TableName, SortedKeys<Change>> = new Map();

  #hasConflict = false;

  constructor(snapshot: View, latest: View, locks: Locks, holder: LockHolder) {
    this.#snapshot = snapshot;
    this.#latest = latest;
    this.#locks = locks;
    this.#holder = holder;
  }

  get(table: TableName, key: Buffer): Buffer | undefined {
    const change = this.#tables.get(table)?.get(key);
    return change ? change.after : this.#snapshot.get(table, key);
  }

  get isEmpty(): boolean {
    return this.#tables.size === 0 && !this.#hasConflict;
  }

  hasChanged(table: TableName, key: Buffer): boolean {
    return this.#tables.get(table)?.get(key) !== undefined;
  }

  *range(table: TableName, span: Span): Iterable<KeyValue> {
    const changes = this.#tables.get(table);
    if (!changes) {
      yield* this.#snapshot.range(table, span);
      return;
    }
    const sign = span.isReverse ? -1 : 1;
    let at = changes.next(span.isReverse ? span.to : span.from, span.isReverse, !span.isReverse);
    const isInside = (key: Buffer) => Buffer.compare(key, span.to) < 0 && Buffer.compare(key, span.from) >= 0;
    for (const below of this.#snapshot.range(table, span)) {
      for (
        ;
        at && isInside(at.key) && Buffer.compare(at.key, below.key) * sign < 0;
        at = changes.next(at.key, span.isReverse, false)
      ) {
        if (at.value.after) yield { key: at.key, value: at.value.after };
      }
      if (!changes.get(below.key)) yield below;
    }
    for (; at && isInside(at.key); at = changes.next(at.key, span.isReverse, false)) {
      if (at.value.after) yield { key: at.key, value: at.value.after };
    }
  }

  put(table: TableName, key: Buffer, value: Buffer): void {
    this.#change(table, key, value);
  }

  remove(table: TableName, key: Buffer): void {
    this.#change(table, key, undefined);
  }

  load(table: TableName, key: Buffer, value: Buffer): void {
    this.#change(table, key, value);
  }

  /** Every change. @throws MongoError WriteConflict when it has met one before, or when `current` is not what the snapshot was at one of them */
  applyTo(current: Changer): void {
    if (this.#hasConflict) throw writeConflict();
    for (const [table, changes] of this.#tables) {
      for (const [key, { before }] of changes.entries())
        if (!isSame(current.get(table, key), before)) throw writeConflict();
    }
    for (const [table, changes] of this.#tables) {
      for (const [key, { before, after }] of changes.entries()) {
        if (after) current.put(table, key, after, before);
        else if (before) current.remove(table, key, before);
      }
    }
  }

  #change(table: TableName, key: Buffer, after: Buffer | undefined): void {
    let changes = this.#tables.get(table);
    if (!changes) {
      changes = new SortedKeys();
      this.#tables.set(table, changes);
    }
    const known = changes.get(key);
    if (known) {
      changes.set(key, { before: known.before, after });
      return;
    }
    const before = this.#snapshot.get(table, key);
    if (!this.#locks.take(table, key, this.#holder) || !isSame(this.#latest.get(table, key), before)) {
      this.#hasConflict = true;
      throw writeConflict();
    }
    changes.set(Buffer.from(key), { before, after });
  }
}

const isSame = (left: Buffer | undefined, right: Buffer | undefined): boolean =>
  left === undefined || right === undefined ? left === right : left.equals(right);

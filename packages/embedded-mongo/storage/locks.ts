import { MongoError } from "../errors/mongo-error.ts";
import type { TableName } from "./tables.ts";

/** Who has changed something and has not committed yet. */
export interface LockHolder {
  /** Resolves when it has committed or was aborted. */
  readonly ended: Promise<void>;
}

/** Thrown inside a write that met what an open transaction has changed; the store waits for its end and runs the write again. */
export class LockedError extends Error {
  readonly holder: LockHolder;
  constructor(holder: LockHolder) {
    super("An open transaction has changed this.");
    this.holder = holder;
  }
}

/** What open transactions have changed: the first one to write has it (manual, "In-progress Transactions and Write Conflicts"). */
export class Locks {
  readonly #holders: Map<string, LockHolder> = new Map();

  holderOf(table: TableName, key: Buffer): LockHolder | undefined {
    return this.#holders.size === 0 ? undefined : this.#holders.get(nameOf(table, key));
  }

  /** False when somebody else has it. */
  take(table: TableName, key: Buffer, holder: LockHolder): boolean {
    const name = nameOf(table, key);
    const other = this.#holders.get(name);
    if (other && other !== holder) return false;
    this.#holders.set(name, holder);
    return true;
  }

  release(holder: LockHolder): void {
    for (const [name, each] of this.#holders) if (each === holder) this.#holders.delete(name);
  }
}

const nameOf = (table: TableName, key: Buffer): string => `${table} ${key.toString("latin1")}`;

/** What a driver answers by running the transaction again (driver specification "Transactions", TransientTransactionError). */
export const writeConflict = (): MongoError =>
  new MongoError(
    "WriteConflict",
    "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.",
    [["errorLabels", ["TransientTransactionError"]]],
  );

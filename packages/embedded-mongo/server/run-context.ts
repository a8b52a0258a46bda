import type { Clock } from "@drydock/core";
import type { Session } from "../sessions/session.ts";
import type { Reader, Snapshot, StatementOrigin, Store, Transaction, WriteOrigin, Writer } from "../storage/store.ts";
import type { CommandContext, LastingReader } from "./command-context.ts";
import type { Connection } from "./connection.ts";
import type { Operation } from "./operation.ts";
import type { Server } from "./server.ts";

/** What the dispatcher knows of one command before it runs. */
export interface RunContextParts {
  readonly server: Server;
  readonly store: Store;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly database: string;
  readonly operation: Operation;
  readonly session: Session | undefined;
  readonly transaction: Transaction | undefined;
  /** The retryable write that it is. */
  readonly retryable: StatementOrigin | undefined;
  /** A snapshot that its session holds: reads at a fixed time. */
  readonly heldSnapshot: Snapshot | undefined;
}

/** The context of one command while it runs. */
export class RunContext implements CommandContext {
  readonly #parts: RunContextParts;
  #snapshot: Snapshot | undefined;

  constructor(parts: RunContextParts) {
    this.#parts = parts;
  }

  get server() {
    return this.#parts.server;
  }
  get store() {
    return this.#parts.store;
  }
  get clock() {
    return this.#parts.clock;
  }
  get connection() {
    return this.#parts.connection;
  }
  get database() {
    return this.#parts.database;
  }
  get operation() {
    return this.#parts.operation;
  }
  get session() {
    return this.#parts.session;
  }
  get cursors() {
    return this.#parts.server.cursors;
  }
  get isInTransaction() {
    return this.#parts.transaction !== undefined;
  }
  get isReplicaSet() {
    return this.#parts.server.replicaSet !== undefined;
  }

  reader(): Reader {
    const { transaction, heldSnapshot, store } = this.#parts;
    if (transaction) return transaction;
    if (heldSnapshot) return heldSnapshot;
    this.#snapshot ??= store.snapshot();
    return this.#snapshot;
  }

  lastingReader(): LastingReader {
    const { transaction, heldSnapshot, store } = this.#parts;
    const held = transaction ?? heldSnapshot;
    if (held) return { reader: held, release() {} };
    const snapshot = store.snapshot();
    return { reader: snapshot, release: () => snapshot.close() };
  }

  async write<T>(work: (writer: Writer) => T): Promise<T> {
    const { transaction, server, store, operation } = this.#parts;
    if (transaction) return work(transaction);
    const { writeLock } = server;
    while (writeLock.count > 0) await writeLock.released.wait(longestWaitMs, operation.signal);
    // What is read after a write of the same command sees it.
    this.close();
    const result = await store.write(work, this.#origin());
    server.writes.notify();
    return result;
  }

  #origin(): WriteOrigin {
    const { operation, retryable } = this.#parts;
    // Change events name the session of transactions alone.
    return {
      ...(retryable ? { statement: retryable } : {}),
      // Made only when the write has to wait.
      get signal() {
        return operation.signal;
      },
    };
  }

  /** Lets go of the snapshot that the command read. */
  close(): void {
    this.#snapshot?.close();
    this.#snapshot = undefined;
  }
}

// A wait is renewed until the lock is released: timers take no more than 2^31 ms.
const longestWaitMs = 60_000;

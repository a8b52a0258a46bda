import type { Snapshot, Transaction } from "../storage/store.ts";
import type { Document } from "../values/document.ts";

/** What a session knows of its newest transaction number: a retryable write, or a transaction in one of its states. */
export type SessionState =
  | { readonly kind: "none" }
  /** With the reply of the write, once there is one, and its statements. */
  | { readonly kind: "retryable"; readonly number: bigint; readonly reply: Document | undefined }
  | { readonly kind: "open"; readonly number: bigint; readonly transaction: Transaction; readonly startedAt: number }
  | { readonly kind: "committed" | "aborted"; readonly number: bigint };

/** A logical session of a client (driver specification "Driver Sessions"). */
export class Session {
  /** The session's UUID, and its user's digest, in hexadecimal. */
  readonly key: string;
  /** `{ id: UUID }` */
  readonly id: Document;
  /** The user's id, when authentication is on. */
  readonly owner: string | undefined;
  /** A time of the clock. */
  lastUse: number;
  state: SessionState = { kind: "none" };
  /** Snapshots of reads with the concern "snapshot", by their time. */
  readonly snapshots: Map<string, Snapshot> = new Map();
  #busy: Promise<void> | undefined;

  constructor(key: string, id: Document, owner: string | undefined, now: number) {
    this.key = key;
    this.id = id;
    this.owner = owner;
    this.lastUse = now;
  }

  /** The newest number; undefined before the first. */
  get transactionNumber(): bigint | undefined {
    return this.state.kind === "none" ? undefined : this.state.number;
  }

  /** Waits until no other command with a transaction number runs in this session; call what it returns at the end. */
  async checkOut(): Promise<() => void> {
    while (this.#busy) await this.#busy;
    let done = () => {};
    this.#busy = new Promise((resolve) => {
      done = () => {
        this.#busy = undefined;
        resolve();
      };
    });
    return done;
  }

  /** Aborts what is open and lets go of snapshots. */
  end(): void {
    if (this.state.kind === "open") {
      this.state.transaction.abort();
      this.state = { kind: "aborted", number: this.state.number };
    }
    for (const snapshot of this.snapshots.values()) snapshot.close();
    this.snapshots.clear();
  }
}

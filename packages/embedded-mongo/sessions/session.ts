import type { Transaction } from "../storage/store.ts";
import type { Document } from "../values/document.ts";

/** What a session knows of its newest transaction number: a retryable write, or a transaction in one of its states. */
export type SessionState =
  | { readonly kind: "none" }
  /** The reply of the retryable write with this number, once it was made. */
  | {
      readonly kind: "retryable";
      readonly number: bigint;
      readonly command: string;
      readonly reply: Document | undefined;
    }
  | { readonly kind: "open"; readonly number: bigint; readonly transaction: Transaction; readonly startedAt: number }
  | { readonly kind: "committed"; readonly number: bigint }
  | { readonly kind: "aborted"; readonly number: bigint };

/** A logical session of a client (driver specification "Driver Sessions"). One operation with a transaction number at a time. */
export interface Session {
  /** The session's UUID and its user's, in hexadecimal. */
  readonly key: string;
  readonly id: Document;
  /** A time of the clock. */
  lastUse: number;
  state: SessionState;
  /** The number of the newest retryable write or transaction. */
  readonly transactionNumber: bigint | undefined;
}

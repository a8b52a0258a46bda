import type { ScramConversation } from "../auth/scram.ts";
import type { User } from "../auth/user.ts";
import type { Document } from "../values/document.ts";

/** A client's connection as its commands see it. */
export interface Connection {
  readonly id: number;
  /** `address:port` of the client. */
  readonly remote: string;
  /** Who has logged in. */
  user: User | undefined;
  /** What the client said of itself in its first hello (driver specification "Handshake"). */
  metadata: Document | undefined;
  login: Login | undefined;
}

/** A login that has begun. */
export interface Login {
  readonly conversationId: number;
  /** Undefined when there is none of the name: the login goes on and fails. */
  readonly user: User | undefined;
  readonly conversation: ScramConversation;
  readonly skipsEmptyExchange: boolean;
  isProved: boolean;
}

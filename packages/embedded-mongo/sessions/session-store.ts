import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "@drydock/core";
import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { BinaryValue } from "../values/scalars.ts";
import { Session } from "./session.ts";

/** Sessions that nobody used for so long are ended, minutes (manual, localLogicalSessionTimeoutMinutes). */
export const sessionTimeoutMinutes = 30;

/** All sessions of the server. */
export class SessionStore {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();
  /** Called with a session's key before it or its transaction ends: its cursors end with it. */
  readonly #onEnd: (key: string) => void;

  constructor(clock: Clock, onEnd: (key: string) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** The session of an `lsid`, new when it was not seen before. `owner` is the user's id. @throws MongoError BadValue */
  use(lsid: Document, owner: string | undefined): Session {
    const key = sessionKey(lsid, owner);
    let session = this.#sessions.get(key);
    if (!session) {
      session = new Session(key, Document.from([["id", new BinaryValue(4, readId(lsid))]]), owner, this.#clock.now());
      this.#sessions.set(key, session);
    }
    session.lastUse = this.#clock.now();
    return session;
  }

  /** A session of a new id. */
  start(owner: string | undefined): Session {
    return this.use(Document.from([["id", new BinaryValue(4, randomUuid())]]), owner);
  }

  get(lsid: Document, owner: string | undefined): Session | undefined {
    return this.#sessions.get(sessionKey(lsid, owner));
  }

  /** Ends it; its cursors and its transaction with it. */
  end(session: Session): void {
    this.#sessions.delete(session.key);
    this.#onEnd(session.key);
    session.end();
  }

  /** Ends sessions that nobody used for 30 minutes, and aborts transactions that are open for longer than this. */
  expire(transactionLifetimeMs: number): void {
    const now = this.#clock.now();
    for (const session of [...this.#sessions.values()]) {
      if (session.lastUse < now - sessionTimeoutMinutes * 60_000) this.end(session);
      else if (session.state.kind === "open" && session.state.startedAt < now - transactionLifetimeMs) {
        this.#onEnd(session.key);
        session.end();
      }
    }
  }

  all(): readonly Session[] {
    return [...this.#sessions.values()];
  }
}

/** Sessions of different users are different, whatever their ids. */
function sessionKey(lsid: Document, owner: string | undefined): string {
  const uid = owner === undefined ? "" : createHash("sha256").update(owner).digest("hex");
  return readId(lsid).toString("hex") + uid;
}

function readId(lsid: Document): Buffer {
  const id = lsid.get("id");
  if (!(id instanceof BinaryValue) || id.subtype !== 4 || id.bytes.length !== 16)
    throw new MongoError("TypeMismatch", "BSON field 'OperationSessionInfo.lsid.id' must be a UUID");
  return Buffer.from(id.bytes);
}

/** A random UUID, version 4 (RFC 9562). */
export function randomUuid(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

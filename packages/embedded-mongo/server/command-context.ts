import type { Clock } from "@drydock/core";
import type { CursorStore } from "../cursors/cursor-store.ts";
import type { Session } from "../sessions/session.ts";
import type { Reader, Store, Writer } from "../storage/store.ts";
import type { Connection } from "./connection.ts";
import type { Operation } from "./operation.ts";
import type { Server } from "./server.ts";

/** A reader that may outlive the command: a cursor's. */
export interface LastingReader {
  readonly reader: Reader;
  /** Lets go of it: the source's `close` calls it. */
  release(): void;
}

/** What a command sees of the server, its connection and its session. */
export interface CommandContext {
  readonly store: Store;
  /** `$db`. */
  readonly database: string;
  /** The state that this command reads: one snapshot for the whole command, or the session's transaction. The dispatcher closes it. */
  reader(): Reader;
  /** A snapshot of its own for a cursor, or the session's transaction; the caller releases it. */
  lastingReader(): LastingReader;
  /**
   * Writes in the session's transaction when there is one, otherwise on its own, committed when it resolves. Retried writes never come
   * here: the dispatcher answers them from the session.
   */
  write<T>(work: (writer: Writer) => T): Promise<T>;
  readonly cursors: CursorStore;
  readonly operation: Operation;
  readonly connection: Connection;
  readonly session: Session | undefined;
  readonly isInTransaction: boolean;
  readonly clock: Clock;
  readonly isReplicaSet: boolean;
  readonly server: Server;
}

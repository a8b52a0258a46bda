import type { UserStore } from "../auth/user-store.ts";
import type { CursorStore } from "../cursors/cursor-store.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import type { Document } from "../values/document.ts";
import type { TimestampValue } from "../values/scalars.ts";
import type { Connection } from "./connection.ts";
import type { FailPoints } from "./fail-points.ts";
import type { Operations } from "./operations.ts";
import type { Parameters } from "./parameters.ts";
import type { ReplicaSet } from "./replica-set.ts";
import type { ServerLog } from "./server-log.ts";
import type { Topology } from "./topology.ts";
import type { WakeUp } from "./wake-up.ts";

/** What the server tells of a command in listCommands. */
export interface CommandSummary {
  readonly name: string;
  readonly isAdminOnly?: boolean;
  /** One sentence. */
  readonly help?: string;
}

/** The server as its commands see it. */
export interface Server {
  readonly commands: readonly CommandSummary[];
  readonly address: { readonly host: string; readonly port: number };
  /** How it was started, as getCmdLineOpts tells it. */
  readonly configuration: Document;
  /** A time of the clock. */
  readonly startedAt: number;
  readonly isAuthOn: boolean;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly cursors: CursorStore;
  readonly operations: Operations;
  readonly connections: ReadonlySet<Connection>;
  readonly replicaSet: ReplicaSet | undefined;
  readonly topology: Topology;
  readonly parameters: Parameters;
  readonly failPoints: FailPoints;
  /** Told of every write that was committed. */
  readonly writes: WakeUp;
  readonly log: ServerLog;
  readonly counters: Counters;
  /** The time of the newest change, on a replica set. */
  clusterTime(): TimestampValue | undefined;
  /** Holds writes back while `fsync` has them locked; resolves at once otherwise. */
  readonly writeLock: WriteLock;
}

/** What serverStatus counts since the start. */
export interface Counters {
  connectionsCreated: number;
  readonly commands: Map<string, number>;
}

/** The lock of `fsync` with `lock: true`. */
export interface WriteLock {
  count: number;
  readonly released: WakeUp;
}

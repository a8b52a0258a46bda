import { randomBytes } from "node:crypto";
import type { Clock } from "@drydock/core";
import { UserStore } from "../auth/user-store.ts";
import { CursorStore } from "../cursors/cursor-store.ts";
import { SessionStore } from "../sessions/session-store.ts";
import type { Store } from "../storage/store.ts";
import type { Document, Value } from "../values/document.ts";
import { ObjectIdValue } from "../values/scalars.ts";
import type { Connection } from "./connection.ts";
import { FailPoints } from "./fail-points.ts";
import { Operations } from "./operations.ts";
import { Parameters } from "./parameters.ts";
import { ReplicaSet } from "./replica-set.ts";
import type { CommandSummary, Server } from "./server.ts";
import type { ServerLog } from "./server-log.ts";
import { Topology } from "./topology.ts";
import { WakeUp } from "./wake-up.ts";

/** What a server is made of besides what it makes itself. */
export interface ServerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly commands: readonly CommandSummary[];
  readonly address: { readonly host: string; readonly port: number };
  readonly configuration: Document;
  readonly isAuthOn: boolean;
  readonly replicaSet: string | undefined;
  readonly isTesting: boolean;
  readonly givenParameters: ReadonlyMap<string, Value>;
  readonly connections: ReadonlySet<Connection>;
}

/** Puts a server's parts together over its data. */
export function openServer(parts: ServerParts): Server {
  const { store, clock, replicaSet } = parts;
  const cursors = new CursorStore(clock, () => randomBytes(8).readBigUInt64LE() >> 1n);
  const endCursors = (key: string) => cursors.killWhere(({ options }) => options.sessionKey === key);
  return {
    ...parts,
    startedAt: clock.now(),
    users: UserStore.load(store),
    sessions: new SessionStore(clock, endCursors),
    cursors,
    operations: new Operations(),
    replicaSet: replicaSet === undefined ? undefined : ReplicaSet.load(replicaSet, store),
    topology: new Topology(new ObjectIdValue(randomBytes(12))),
    parameters: new Parameters(parts.isTesting, parts.givenParameters),
    failPoints: new FailPoints(),
    writes: new WakeUp(),
    counters: { connectionsCreated: 0, commands: new Map() },
    clusterTime: () => store.changes?.latest(),
    writeLock: { count: 0, released: new WakeUp() },
  };
}

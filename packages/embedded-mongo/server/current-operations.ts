import type { Document } from "../values/document.ts";
import { describeOperation } from "./describe-operation.ts";
import { type IsMeant, idleConnections, idleCursors, idleSessions } from "./idle-operations.ts";
import type { Server } from "./server.ts";

/** What besides running commands is told. */
export interface IdleKinds {
  readonly sessions: boolean;
  readonly cursors: boolean;
  readonly connections: boolean;
}

/** What goes on in the server (manual, "currentOp" and "$currentOp"): what runs, and what waits for its client. */
export const currentOperations = (
  server: Server,
  isMeant: IsMeant,
  kinds: IdleKinds,
  nowMs: number,
): readonly Document[] => [
  ...server.operations
    .running()
    .filter(({ connection }) => isMeant(connection.user?.id))
    .map(describeOperation),
  ...(kinds.connections ? idleConnections(server, isMeant) : []),
  ...(kinds.cursors ? idleCursors(server, isMeant) : []),
  ...(kinds.sessions ? idleSessions(server, isMeant, nowMs) : []),
];

import type { Cursor } from "../cursors/cursor-store.ts";
import type { Session } from "../sessions/session.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { DateValue, int32 } from "../values/scalars.ts";
import type { Connection } from "./connection.ts";
import type { Server } from "./server.ts";

/** Whether what belongs to this user is told. */
export type IsMeant = (userId: string | undefined) => boolean;

/** Sessions whose transaction is open while none of their commands runs, as currentOp tells them (manual, "$currentOp", idleSession). */
export function idleSessions({ sessions, operations }: Server, isMeant: IsMeant, nowMs: number): readonly Document[] {
  const running = new Set(operations.running().map(({ command }) => idOf(command.get("lsid"))));
  return sessions
    .all()
    .filter((session) => session.state.kind === "open" && isMeant(session.owner) && !running.has(idOf(session.id)))
    .map((session) => describeSession(session, nowMs));
}

function describeSession({ id, state }: Session, nowMs: number): Document {
  const [number, startedAt] = state.kind === "open" ? [state.number, state.startedAt] : [0n, nowMs];
  return Document.from([
    ["type", "idleSession"],
    ["desc", "inactive transaction"],
    ["active", false],
    ["lsid", id],
    [
      "transaction",
      Document.from([
        [
          "parameters",
          Document.from([
            ["txnNumber", number],
            ["autocommit", false],
          ]),
        ],
        ["startWallClockTime", new Date(startedAt).toISOString()],
        ["timeOpenMicros", BigInt(Math.round(nowMs - startedAt)) * 1000n],
      ]),
    ],
  ]);
}

/** A session's UUID as a text. */
function idOf(lsid: Value | undefined): string | undefined {
  const id = lsid instanceof Document ? lsid.get("id") : undefined;
  return id !== null && typeof id === "object" && "bytes" in id ? id.bytes.toString("hex") : undefined;
}

/** Open cursors that no command uses (manual, "$currentOp", idleCursor). */
export const idleCursors = ({ cursors }: Server, isMeant: IsMeant): readonly Document[] =>
  [...cursors]
    .filter((cursor) => !cursor.isBusy && !cursor.isKilled && isMeant(cursor.options.owner))
    .map(describeCursor);

function describeCursor({ id, namespace, options, lastUse }: Cursor): Document {
  return Document.from([
    ["type", "idleCursor"],
    ["active", false],
    ["ns", `${namespace.database}.${namespace.collection}`],
    [
      "cursor",
      Document.from([
        ["cursorId", id],
        ["lastAccessDate", new DateValue(lastUse)],
        ["noCursorTimeout", options.noCursorTimeout ?? false],
        ["tailable", options.isTailable ?? false],
        ["awaitData", options.awaitsData ?? false],
      ]),
    ],
  ]);
}

/** Connections that wait for their client (manual, "$currentOp", idleConnections). */
export function idleConnections({ connections, operations }: Server, isMeant: IsMeant): readonly Document[] {
  const busy = new Set<Connection>(operations.running().map(({ connection }) => connection));
  return [...connections]
    .filter((connection) => !busy.has(connection) && isMeant(connection.user?.id))
    .map((connection) =>
      Document.from([
        ["type", "op"],
        ["desc", `conn${connection.id}`],
        ["connectionId", int32(connection.id)],
        ["client", connection.remote],
        ...(connection.metadata ? [["clientMetadata", connection.metadata] as const] : []),
        ["active", false],
        ["op", "none"],
        ["ns", ""],
        ["command", emptyDocument],
      ]),
    );
}

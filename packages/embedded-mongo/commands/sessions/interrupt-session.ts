import type { MongoError } from "../../errors/mongo-error.ts";
import type { Server } from "../../server/server.ts";
import type { Session } from "../../sessions/session.ts";
import { Document } from "../../values/document.ts";

/** Ends what runs in a session. */
export function interruptSession(server: Server, session: Session, reason: MongoError): void {
  server.operations.interruptWhere(({ command }) => {
    const lsid = command.get("lsid");
    return lsid instanceof Document && server.sessions.get(lsid, session.owner) === session;
  }, reason);
}

import { sessionTimeoutMinutes } from "../../sessions/session-store.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** Makes a session (manual, startSession). */
export const startSession: Command = {
  name: "startSession",
  access: "login",
  help: "Makes a session.",
  run({ server, connection }) {
    const session = server.sessions.start(connection.user?.id);
    return Document.from([
      ["id", session.id],
      ["timeoutMinutes", int32(sessionTimeoutMinutes)],
    ]);
  },
};

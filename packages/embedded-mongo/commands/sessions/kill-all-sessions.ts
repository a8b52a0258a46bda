import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Command } from "../command.ts";
import { interruptSession } from "./interrupt-session.ts";

/** Ends all sessions and interrupts what runs in them; of the users that are named, or of all (manual, killAllSessions). */
export const killAllSessions: Command = {
  name: "killAllSessions",
  access: "clusterAdmin",
  help: "Ends all sessions at once.",
  run({ server, session: own }, request) {
    const users = request.get("killAllSessions");
    if (!isArray(users))
      throw new MongoError(
        "TypeMismatch",
        "BSON field 'killAllSessions.killAllSessions' is the wrong type, expected type 'array'",
      );
    const ids = users.map((user) => (user instanceof Document ? `${user.get("db")}.${user.get("user")}` : ""));
    const reason = new MongoError("Interrupted", "operation was interrupted because its session was killed");
    for (const session of server.sessions.all()) {
      if (ids.length > 0 && (session.owner === undefined || !ids.includes(session.owner))) continue;
      // The command's own session ends with the others, and the command goes on.
      if (session !== own) interruptSession(server, session, reason);
      server.sessions.end(session);
    }
    return emptyDocument;
  },
};

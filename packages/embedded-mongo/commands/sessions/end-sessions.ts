import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Session } from "../../sessions/session.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Command } from "../command.ts";
import { interruptSession } from "./interrupt-session.ts";

/** Ends sessions that the client needs no more (manual, endSessions). */
export const endSessions: Command = sessionsCommand("endSessions", "Ends sessions.", ({ server }, session) =>
  server.sessions.end(session),
);

/** Keeps sessions from ending of disuse (manual, refreshSessions). */
export const refreshSessions: Command = sessionsCommand(
  "refreshSessions",
  "Keeps sessions alive.",
  ({ clock }, session) => {
    session.lastUse = clock.now();
  },
);

/** Ends sessions and interrupts what runs in them (manual, killSessions). */
export const killSessions: Command = sessionsCommand(
  "killSessions",
  "Ends sessions at once.",
  ({ server }, session) => {
    const reason = new MongoError("Interrupted", "operation was interrupted because its session was killed");
    interruptSession(server, session, reason);
    server.sessions.end(session);
  },
);

function sessionsCommand(
  name: string,
  help: string,
  act: (context: CommandContext, session: Session) => void,
): Command {
  return {
    name,
    // A client that has not logged in yet may say goodbye, too.
    access: "none",
    help,
    run(context, request) {
      const ids = request.get(name);
      if (!isArray(ids))
        throw new MongoError("TypeMismatch", `BSON field '${name}.${name}' is the wrong type, expected type 'array'`);
      for (const id of ids) {
        const session =
          id instanceof Document ? context.server.sessions.get(id, context.connection.user?.id) : undefined;
        if (session) act(context, session);
      }
      return emptyDocument;
    },
  };
}

import { allows } from "../auth/role.ts";
import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { DateValue } from "../values/scalars.ts";
import type { CommandContext } from "./command-context.ts";
import { currentOperations } from "./current-operations.ts";

/**
 * A pipeline whose first stage asks the server, `$currentOp` or `$listLocalSessions`, with the answer in its place; others as they are.
 * @throws MongoError InvalidNamespace for a pipeline on a collection
 */
export function withServerStage(
  context: CommandContext,
  collection: string,
  stages: readonly Document[],
): readonly Document[] {
  const [first, ...rest] = stages;
  const answer = first && answers.get(first.firstName ?? "");
  if (!first || !answer) return stages;
  if (collection !== "$cmd.aggregate")
    throw new MongoError("InvalidNamespace", `${first.firstName} must be run against a database with {aggregate: 1}`);
  const argument = first.get(first.firstName ?? "");
  if (!(argument instanceof Document))
    throw new MongoError("FailedToParse", `${first.firstName} options must be specified in an object`);
  const documents = answer(context, argument);
  return [Document.from([["$documents", Document.from([["$literal", documents]])]]), ...rest];
}

type Answer = (context: CommandContext, argument: Document) => readonly Document[];

const answers: ReadonlyMap<string, Answer> = new Map([
  ["$currentOp", operationsOf],
  ["$listLocalSessions", localSessions],
]);

/** Those of the user; all with `allUsers`, for who may watch the server (manual, "$currentOp (aggregation stage)"). */
function operationsOf(context: CommandContext, argument: Document): readonly Document[] {
  const { server, connection, database, clock } = context;
  if (database !== "admin")
    throw new MongoError("InvalidNamespace", "$currentOp must be run against the 'admin' database with {aggregate: 1}");
  const isAll = argument.get("allUsers") === true && watches(context);
  const isMeant = (userId: string | undefined) => isAll || userId === connection.user?.id;
  const kinds = {
    sessions: argument.get("idleSessions") !== false,
    cursors: argument.get("idleCursors") === true,
    connections: argument.get("idleConnections") === true,
  };
  return currentOperations(server, isMeant, kinds, clock.now());
}

/** Those of the user; all with `allUsers` (manual, "$listLocalSessions"). */
function localSessions(context: CommandContext, argument: Document): readonly Document[] {
  const owner = context.connection.user?.id;
  const isAll = argument.get("allUsers") === true && watches(context);
  return context.server.sessions
    .all()
    .filter((session) => isAll || session.owner === owner)
    .map((session) =>
      Document.from([
        ["_id", session.id],
        ["lastUse", new DateValue(session.lastUse)],
      ]),
    );
}

function watches({ server, connection }: CommandContext): boolean {
  if (!server.isAuthOn) return true;
  const user = connection.user && server.users.get(connection.user.id);
  return user !== undefined && allows(user.roles, "clusterMonitor", "admin");
}

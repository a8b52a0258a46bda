import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Connection } from "../server/connection.ts";
import type { Server } from "../server/server.ts";
import type { Document } from "../values/document.ts";
import type { Access, Demand } from "./access.ts";
import { allows } from "./role.ts";
import type { User } from "./user.ts";

/** Whether the connection's user may run the command on the database. @throws MongoError Unauthorized */
export function authorize(
  server: Server,
  connection: Connection,
  command: Command,
  request: Document,
  database: string,
): void {
  if (!server.isAuthOn) return;
  for (const demand of demandsOf(command, request, database)) {
    if (demand.access === "none") continue;
    if (!userOf(server, connection))
      throw new MongoError("Unauthorized", `Command ${command.name} requires authentication`);
    if (!isAllowed(server, connection, demand.access, demand.database))
      throw unauthorized(command.name, demand.database);
  }
}

/** What a request asks for. @throws MongoError for one that is malformed */
export const demandsOf = ({ access }: Command, request: Document, database: string): readonly Demand[] =>
  typeof access === "function" ? access(request, database) : [{ access, database }];

/** Whether the connection's user has that kind of access to the database; everybody has it where authentication is off. */
export function isAllowed(server: Server, connection: Connection, access: Access, database: string): boolean {
  if (!server.isAuthOn) return true;
  const user = userOf(server, connection);
  return user !== undefined && allows(user.roles, access, isOfCluster(access) ? "admin" : database);
}

/** The error of a command that its user may not run. */
export const unauthorized = (command: string, database: string): MongoError =>
  new MongoError("Unauthorized", `not authorized on ${database} to execute command { ${command}: ... }`);

/** Looked up each time: roles may have changed since the login. */
const userOf = (server: Server, connection: Connection): User | undefined =>
  connection.user && server.users.get(connection.user.id);

const isOfCluster = (access: Access): boolean => access === "clusterAdmin" || access === "clusterMonitor";

import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Connection } from "../server/connection.ts";
import type { Server } from "../server/server.ts";
import type { Document } from "../values/document.ts";
import type { Access } from "./access.ts";
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
  const access = typeof command.access === "function" ? command.access(request) : command.access;
  if (access === "none") return;
  if (access === "login" ? userOf(server, connection) : isAllowed(server, connection, access, database)) return;
  if (!userOf(server, connection))
    throw new MongoError("Unauthorized", `Command ${command.name} requires authentication`);
  throw unauthorized(command.name, database);
}

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

import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Connection } from "../server/connection.ts";
import type { Server } from "../server/server.ts";
import type { Document } from "../values/document.ts";
import type { Access } from "./access.ts";
import { allows } from "./role.ts";

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
  // Roles may have changed since the login.
  const user = connection.user && server.users.get(connection.user.id);
  if (!user) throw new MongoError("Unauthorized", `Command ${command.name} requires authentication`);
  const on: string = isOfCluster(access) ? "admin" : database;
  if (allows(user.roles, access, on)) return;
  throw new MongoError("Unauthorized", `not authorized on ${database} to execute command { ${command.name}: ... }`);
}

const isOfCluster = (access: Access): boolean => access === "clusterAdmin" || access === "clusterMonitor";

import { isAllowed, unauthorized } from "../../auth/authorize.ts";
import { privilegesOf } from "../../auth/privileges.ts";
import { roleDocument } from "../../auth/role.ts";
import { type User, userDocument } from "../../auth/user.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Command } from "../command.ts";
import { optionalBoolean } from "../request-fields.ts";

/** Tells users: one, some, those of a database, or all; everybody may ask about themselves (manual, usersInfo). @throws MongoError Unauthorized */
export const usersInfo: Command = {
  name: "usersInfo",
  access: "login",
  help: "Tells users and their roles.",
  run({ server, database, connection }, request) {
    const isMeant = meant(request.get("usersInfo"), database);
    const showsCredentials = optionalBoolean(request, "usersInfo", "showCredentials") ?? false;
    const showsPrivileges = optionalBoolean(request, "usersInfo", "showPrivileges") ?? false;
    const users = server.users.all().filter(isMeant);
    const mayTell = (on: string) => isAllowed(server, connection, "userAdmin", on);
    const isVisible = (user: User) => user.id === connection.user?.id || mayTell(user.database);
    if (users.length === 0 ? !mayTell(database) : !users.every(isVisible)) throw unauthorized("usersInfo", database);
    return Document.from([["users", users.map((user) => tell(user, showsCredentials, showsPrivileges))]]);
  },
};

function meant(asked: Value | undefined, database: string): (user: User) => boolean {
  if (typeof asked === "string") return (user) => user.name === asked && user.database === database;
  if (isArray(asked)) {
    const each = asked.map((one) => meant(one, database));
    return (user) => each.some((is) => is(user));
  }
  if (asked instanceof Document) {
    if (asked.get("forAllDBs") === true) return () => true;
    return (user) => user.name === asked.get("user") && user.database === asked.get("db");
  }
  return (user) => user.database === database;
}

function tell(user: User, showsCredentials: boolean, showsPrivileges: boolean): Document {
  const fields = new Map(userDocument(user).fields());
  if (!showsCredentials) fields.delete("credentials");
  fields.set("roles", user.roles.map(roleDocument));
  fields.set("mechanisms", [...user.credentials.keys()]);
  if (showsPrivileges) {
    fields.set("inheritedRoles", user.roles.map(roleDocument));
    fields.set("inheritedPrivileges", privilegesOf(user.roles));
  }
  return Document.of(fields);
}

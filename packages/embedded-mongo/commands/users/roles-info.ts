import { privilegesOf } from "../../auth/privileges.ts";
import { builtInRoles, type Role } from "../../auth/role.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Command } from "../command.ts";
import { optionalBoolean } from "../request-fields.ts";

/** Tells roles, all of which are built in: some by name, or those of a database with `showBuiltinRoles` (manual, "rolesInfo"). */
export const rolesInfo: Command = {
  name: "rolesInfo",
  access: "userAdmin",
  fields: ["showBuiltinRoles", "showPrivileges", "showAuthenticationRestrictions"],
  help: "Tells roles.",
  run({ database }, request) {
    const asked = request.get("rolesInfo");
    const showsBuiltIn = optionalBoolean(request, "rolesInfo", "showBuiltinRoles") ?? false;
    const showsPrivileges = optionalBoolean(request, "rolesInfo", "showPrivileges") ?? false;
    const isNamed = typeof asked === "string" || isArray(asked) || asked instanceof Document;
    const roles = isNamed ? named(asked, database) : showsBuiltIn ? builtInRoles(database) : [];
    return Document.from([["roles", roles.map((role) => tell(role, showsPrivileges))]]);
  },
};

function named(asked: Value, database: string): readonly Role[] {
  if (isArray(asked)) return asked.flatMap((each) => named(each, database));
  const role = asked instanceof Document ? asked.get("role") : asked;
  const on = asked instanceof Document ? asked.get("db") : database;
  if (typeof role !== "string" || typeof on !== "string")
    throw new MongoError("BadValue", "A role is a name, or a document with the strings role and db");
  return builtInRoles(on).filter((each) => each.role === role);
}

function tell(role: Role, showsPrivileges: boolean): Document {
  const privileges = showsPrivileges ? privilegesOf([role]) : [];
  return Document.from([
    ["_id", `${role.database}.${role.role}`],
    ["role", role.role],
    ["db", role.database],
    ...(showsPrivileges ? [["privileges", privileges] as const] : []),
    ["roles", []],
    ["inheritedRoles", []],
    ...(showsPrivileges ? [["inheritedPrivileges", privileges] as const] : []),
    ["isBuiltin", true],
  ]);
}

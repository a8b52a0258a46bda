import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import type { Access, Demand } from "./access.ts";

/** A built-in role on a database. */
export interface Role {
  readonly role: string;
  readonly database: string;
}

const reader: readonly Access[] = ["inspect", "read"];
const data: readonly Access[] = [...reader, "structure", "write"];
const administrator: readonly Access[] = ["inspect", "structure", "dbAdmin"];
const owner: readonly Access[] = [...data, "dbAdmin", "userAdmin"];
const cluster: readonly Access[] = ["clusterMonitor", "clusterAdmin"];

/** What a role allows on its own database (manual, "Built-In Roles"). */
const onDatabase: ReadonlyMap<string, readonly Access[]> = new Map([
  ["read", reader],
  ["readWrite", data],
  ["dbAdmin", administrator],
  ["userAdmin", ["userAdmin"]],
  ["dbOwner", owner],
]);

/** What a role on the database "admin" allows on every database. */
const everywhere: ReadonlyMap<string, readonly Access[]> = new Map([
  ["readAnyDatabase", [...reader, "clusterMonitor"]],
  ["readWriteAnyDatabase", [...data, "clusterMonitor"]],
  ["dbAdminAnyDatabase", [...administrator, "clusterMonitor"]],
  ["userAdminAnyDatabase", ["userAdmin", "clusterMonitor"]],
  ["clusterMonitor", ["clusterMonitor"]],
  ["clusterManager", cluster],
  ["hostManager", cluster],
  ["clusterAdmin", cluster],
  ["backup", [...reader, "clusterMonitor"]],
  ["restore", [...data, "dbAdmin", "userAdmin"]],
  ["root", [...owner, ...cluster]],
  ["__system", [...owner, ...cluster]],
]);

/** Whether users with these roles may do it on the database. */
export function allows(roles: readonly Role[], access: Access, database: string): boolean {
  if (access === "none" || access === "login") return true;
  return roles.some(
    (role) =>
      (role.database === database && onDatabase.get(role.role)?.includes(access)) ||
      (role.database === "admin" && everywhere.get(role.role)?.includes(access)),
  );
}

/** What a role grants: each kind of access, and the database it is for; "" stands for every database. */
export function grantsOf({ role, database }: Role): readonly Demand[] {
  const anywhere = database === "admin" ? (everywhere.get(role) ?? []) : [];
  return [
    ...(onDatabase.get(role) ?? []).map((access) => ({ access, database })),
    ...anywhere.map((access) => ({ access, database: "" })),
  ];
}

/** The built-in roles that users of a database can be given (manual, "Built-In Roles"). */
export const builtInRoles = (database: string): readonly Role[] =>
  [...onDatabase.keys(), ...(database === "admin" ? everywhere.keys() : [])].map((role) => ({ role, database }));

/** Reads `roles` of createUser and its like: names on `database`, or documents. @throws MongoError RoleNotFound, BadValue */
export function readRoles(value: Value | undefined, database: string): readonly Role[] {
  if (!isArray(value)) throw new MongoError("BadValue", '"roles" must be an array');
  return value.map((each) => readRole(each, database));
}

function readRole(value: Value, database: string): Role {
  const role = value instanceof Document ? value.get("role") : value;
  const on = value instanceof Document ? value.get("db") : database;
  if (typeof role !== "string" || typeof on !== "string")
    throw new MongoError("BadValue", "A role is a name, or a document with the strings role and db");
  if (!builtInRoles(on).some((each) => each.role === role))
    throw new MongoError("RoleNotFound", `Could not find role: ${role}@${on}`);
  return { role, database: on };
}

/** A role as usersInfo tells it. */
export const roleDocument = ({ role, database }: Role): Document =>
  Document.from([
    ["role", role],
    ["db", database],
  ]);

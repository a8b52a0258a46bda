import { Document } from "../values/document.ts";
import type { Access } from "./access.ts";
import { grantsOf, type Role } from "./role.ts";

/** The actions of each kind of access by their names in MongoDB (manual, "Privilege Actions" and "Built-In Roles"), as far as they are told here. */
const actions: Readonly<Record<Exclude<Access, "none" | "login">, readonly string[]>> = {
  inspect: ["collStats", "dbStats", "listCollections", "listIndexes", "planCacheRead"],
  read: ["changeStream", "find", "killCursors"],
  structure: [
    "convertToCapped",
    "createCollection",
    "createIndex",
    "dropCollection",
    "dropIndex",
    "renameCollectionSameDB",
  ],
  write: ["insert", "remove", "update"],
  dbAdmin: ["bypassDocumentValidation", "collMod", "compact", "dropDatabase", "planCacheWrite", "validate"],
  userAdmin: ["changePassword", "createUser", "dropUser", "grantRole", "revokeRole", "viewRole", "viewUser"],
  clusterMonitor: [
    "getCmdLineOpts",
    "getLog",
    "getParameter",
    "hostInfo",
    "inprog",
    "listDatabases",
    "replSetGetConfig",
    "replSetGetStatus",
    "serverStatus",
  ],
  clusterAdmin: ["fsync", "killAnySession", "killop", "replSetConfigure", "setParameter", "unlock"],
};

/** What the roles allow, as MongoDB tells it: one document for each resource, its actions sorted (manual, "connectionStatus"). */
export function privilegesOf(roles: readonly Role[]): readonly Document[] {
  const byResource = new Map<string, { readonly resource: Document; readonly actions: Set<string> }>();
  for (const { access, database } of roles.flatMap(grantsOf)) {
    if (access === "none" || access === "login") continue;
    const isOfCluster = access === "clusterMonitor" || access === "clusterAdmin";
    const key = isOfCluster ? "$cluster" : database;
    const entry = byResource.get(key) ?? { resource: resourceOf(isOfCluster, database), actions: new Set() };
    for (const action of actions[access]) entry.actions.add(action);
    byResource.set(key, entry);
  }
  return [...byResource.values()].map((each) =>
    Document.from([
      ["resource", each.resource],
      ["actions", [...each.actions].sort()],
    ]),
  );
}

const resourceOf = (isOfCluster: boolean, database: string): Document =>
  isOfCluster
    ? Document.from([["cluster", true]])
    : Document.from([
        ["db", database],
        ["collection", ""],
      ]);

import { MongoError } from "../errors/mongo-error.ts";
import type { Namespace } from "./store.ts";

/** "database.collection". */
export const nameOf = ({ database, collection }: Namespace): string => `${database}.${collection}`;

export const indexNotFound = (name: string): MongoError =>
  new MongoError("IndexNotFound", `index not found with name [${name}]`);

export const namespaceNotFound = (namespace: Namespace): MongoError =>
  new MongoError("NamespaceNotFound", `ns not found: ${nameOf(namespace)}`);

export const collectionExists = (namespace: Namespace): MongoError =>
  new MongoError("NamespaceExists", `Collection ${nameOf(namespace)} already exists.`);

export const shuttingDown = (): MongoError => new MongoError("InterruptedAtShutdown", "The server is shutting down");

import type { Namespace } from "../../storage/store.ts";
import type { Document } from "../../values/document.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";

/** What `aggregate: 1` is about: the database. @throws MongoError InvalidNamespace */
export function aggregateNamespace(database: string, request: Document): Namespace {
  return typeof request.get("aggregate") === "string"
    ? namespaceOf(database, request, "aggregate")
    : { database, collection: "$cmd.aggregate" };
}

import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { typeName } from "../expressions/values.ts";
import type { StageContext } from "../stages/stage.ts";

/** The collection that a stage writes to: a name, or `{ db, coll }`. @throws MongoError with the code for another shape */
export function readTarget(value: Value | undefined, database: string, stage: string, code: number): Namespace {
  if (typeof value === "string") return checked({ database, collection: value }, stage);
  if (value instanceof Document) {
    const [db, coll] = [value.get("db") ?? database, value.get("coll")];
    if (typeof db === "string" && typeof coll === "string") return checked({ database: db, collection: coll }, stage);
  }
  throw new MongoError(code, `${stage} only supports a string or object argument, not ${typeName(value)}`);
}

function checked(namespace: Namespace, stage: string): Namespace {
  const { database, collection } = namespace;
  if (collection === "" || collection.includes("\0") || collection.startsWith(".")) {
    throw new MongoError("InvalidNamespace", `Invalid ${stage} target namespace, '${database}.${collection}'`);
  }
  if (collection.startsWith("system.") || ["admin", "config", "local"].includes(database)) {
    throw new MongoError(17385, `Can't ${stage} to special collection: ${collection}`);
  }
  return namespace;
}

/** The context's way to write, and that the target is a collection. @throws MongoError CommandNotSupportedOnView, OperationNotSupportedInTransaction */
export function openTarget({ info, write }: StageContext, target: Namespace): NonNullable<StageContext["write"]> {
  if (!write) throw new MongoError("OperationNotSupportedInTransaction", "this pipeline may not write here");
  if (info(target)?.kind === "view") {
    throw new MongoError(
      "CommandNotSupportedOnView",
      `Namespace ${target.database}.${target.collection} is a view, not a collection`,
    );
  }
  return write;
}

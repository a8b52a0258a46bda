import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace } from "../../storage/store.ts";
import type { Document, Value } from "../../values/document.ts";
import { typeOf } from "../../values/types.ts";

/** Database and collection together may have so many bytes (manual, "MongoDB Limits and Thresholds", Namespace Length). */
const maxNamespaceBytes = 255;

/** The collection that a command is about: the value of its first field. @throws MongoError InvalidNamespace */
export function namespaceOf(database: string, request: Document, command: string): Namespace {
  return checkedNamespace(database, request.get(command));
}

/** The same from a value. @throws MongoError InvalidNamespace */
function checkedNamespace(database: string, name: Value | undefined): Namespace {
  if (typeof name !== "string") {
    const type = name === undefined ? "missing" : typeOf(name).alias;
    throw new MongoError("InvalidNamespace", `collection name has invalid type ${type}`);
  }
  if (name === "" || name.startsWith(".") || name.includes("\0")) {
    throw new MongoError("InvalidNamespace", `Invalid namespace specified '${database}.${name}'`);
  }
  return { database, collection: name };
}

/** What a collection may be made as. @throws MongoError InvalidNamespace */
export function checkNewName({ database, collection }: Namespace): void {
  const full = `${database}.${collection}`;
  if (collection.endsWith(".") || collection.includes("$")) {
    throw new MongoError("InvalidNamespace", `Invalid collection name: ${collection}`);
  }
  if (Buffer.byteLength(full) > maxNamespaceBytes) {
    throw new MongoError(
      "InvalidNamespace",
      `Fully qualified namespace is too long. Namespace: ${full} Max: ${maxNamespaceBytes}`,
    );
  }
}

/** `database.collection`. */
export const fullName = ({ database, collection }: Namespace): string => `${database}.${collection}`;

/** Reads `database.collection`. @throws MongoError InvalidNamespace */
export function parseNamespace(text: string): Namespace {
  const dot = text.indexOf(".");
  if (dot <= 0) throw new MongoError("InvalidNamespace", `Invalid namespace specified '${text}'`);
  return checkedNamespace(text.slice(0, dot), text.slice(dot + 1));
}

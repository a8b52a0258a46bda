import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatValue } from "../../values/format-value.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Removes indexes by name, by key, or all but that of `_id`. */
export const dropIndexes: Command = {
  name: "dropIndexes",
  aliases: ["deleteIndexes"],
  access: "structure",
  isWrite: true,
  fields: ["index"],
  help: "Removes indexes.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, request.firstName ?? "dropIndexes");
    const meant = request.get("index");
    if (meant === undefined) {
      throw new MongoError("IDLFailedToParse", "BSON field 'dropIndexes.index' is missing but a required field");
    }
    return context.write((writer) => {
      const info = writer.info(namespace);
      if (!info) throw new MongoError("NamespaceNotFound", `ns not found ${fullName(namespace)}`);
      refuseView(info.kind, fullName(namespace));
      const names = namesOf(meant, info);
      for (const name of names) writer.dropIndex(namespace, name);
      return Document.from([
        ["nIndexesWas", int32(info.indexes.length)],
        ...(meant === "*" ? [["msg", "non-_id indexes dropped for collection"] as const] : []),
        ["ok", 1],
      ]);
    });
  },
};

function namesOf(meant: Value, info: CollectionInfo): readonly string[] {
  if (meant === "*") return info.indexes.map(({ name }) => name).filter((name) => name !== "_id_");
  if (isArray(meant)) return meant.flatMap((each) => namesOf(each === "*" ? "" : each, info));
  const found =
    meant instanceof Document
      ? info.indexes.filter((index) => hasKey(index.specification.get("key"), meant))
      : info.indexes.filter((index) => index.name === meant);
  const [index, another] = found;
  if (!index) throw notFound(meant);
  if (another) {
    throw new MongoError(
      "AmbiguousIndexKeyPattern",
      `${found.length} indexes found for key: ${formatValue(meant)}, identify by name instead. Conflicting indexes: ${found.map(({ specification }) => formatValue(specification)).join(", ")}`,
    );
  }
  if (index.name === "_id_") throw new MongoError("InvalidOptions", "cannot drop _id index");
  return [index.name];
}

const notFound = (meant: Value): MongoError =>
  new MongoError(
    "IndexNotFound",
    meant instanceof Document
      ? `can't find index with key: ${formatValue(meant)}`
      : `index not found with name [${typeof meant === "string" ? meant : formatValue(meant)}]`,
  );

const hasKey = (key: Value | undefined, meant: Document): boolean =>
  key instanceof Document &&
  equalValues(key, meant) &&
  [...key.fields().keys()].join() === [...meant.fields().keys()].join();

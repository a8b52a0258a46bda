import { MongoError } from "../../errors/mongo-error.ts";
import { loadTextLanguages } from "../../storage/text-language.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { requiredDocuments } from "../request-fields.ts";
import { isAlreadyThere } from "./index-conflicts.ts";
import { checkSpecification } from "./index-specification.ts";
import { checkNewName, fullName, namespaceOf } from "./namespace-of.ts";

/** Builds indexes; makes the collection when it is not there. */
export const createIndexes: Command = {
  name: "createIndexes",
  access: "structure",
  isWrite: true,
  isAllowedInTransaction: true,
  fields: ["indexes", "ignoreUnknownIndexOptions", "commitQuorum"],
  help: "Builds indexes.",
  async run(context, request) {
    const namespace = namespaceOf(context.database, request, "createIndexes");
    const specifications = requiredDocuments(request, "createIndexes", "indexes");
    if (specifications.length === 0) throw new MongoError("BadValue", "Must specify at least one index to create");
    if (specifications.some(isText)) await loadTextLanguages();
    return context.write((writer) => {
      const info = writer.info(namespace);
      refuseView(info?.kind, fullName(namespace));
      if (!info) checkNewName(namespace);
      const collation = info?.options.get("collation");
      const inherited = collation instanceof Document ? collation : undefined;
      const existing = (info?.indexes ?? []).map(({ specification }) => specification);
      const wanted: Document[] = [];
      for (const specification of specifications) {
        const checked = checkSpecification(specification, inherited);
        if (!isAlreadyThere(checked, [...existing, ...wanted])) wanted.push(checked);
      }
      const collection = writer.openOrCreate(namespace);
      const before = collection.info.indexes.length;
      const missing = wanted.filter((each) => each.get("name") !== "_id_");
      if (missing.length > 0) writer.createIndexes(namespace, missing);
      const after = writer.info(namespace)?.indexes.length ?? before;
      return Document.from([
        ["numIndexesBefore", int32(before)],
        ["numIndexesAfter", int32(after)],
        ...(info ? [] : [["createdCollectionAutomatically", true] as const]),
        ...(after === before ? [["note", "all indexes already exist"] as const] : []),
        ["ok", 1],
      ]);
    });
  },
};

function isText(specification: Document): boolean {
  const key = specification.get("key");
  return key instanceof Document && [...key.fields().values()].includes("text");
}

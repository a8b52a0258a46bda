import { MongoError } from "../../errors/mongo-error.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Walks through a collection and its indexes, and tells what does not fit together. */
export const validate: Command = {
  name: "validate",
  access: "dbAdmin",
  fields: ["full", "repair", "metadata", "checkBSONConformance", "background", "fixMultikey"],
  help: "Checks a collection and its indexes.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "validate");
    const collection = context.reader().open(namespace);
    refuseView(context.reader().info(namespace)?.kind, fullName(namespace));
    if (!collection) {
      throw new MongoError("NamespaceNotFound", `Collection '${fullName(namespace)}' does not exist to validate.`);
    }
    const problems = collection.validate();
    const { indexes } = collection.info;
    const isValid = problems.length === 0;
    return Document.from([
      ["ns", fullName(namespace)],
      ["nInvalidDocuments", int32(0)],
      ["nNonCompliantDocuments", int32(0)],
      ["nrecords", wholeNumber(collection.count())],
      ["nIndexes", int32(indexes.length)],
      [
        "keysPerIndex",
        Document.from(indexes.map(({ name }) => [name, wholeNumber(collection.indexSize(name).entries)])),
      ],
      ["indexDetails", Document.from(indexes.map(({ name }) => [name, Document.from([["valid", isValid]])]))],
      ["valid", isValid],
      ["repaired", false],
      ["warnings", []],
      ["errors", problems],
      ["extraIndexEntries", []],
      ["missingIndexEntries", []],
      ["corruptRecords", []],
      ["advice", isValid ? "" : "Restore the collection from a backup."],
      ["ok", 1],
    ]);
  },
};

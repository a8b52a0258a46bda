import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo, Namespace } from "../../storage/store.ts";
import { loadTextLanguages } from "../../storage/text-language.ts";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
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
    // Looked at before anything is built, and again when it is: others write meanwhile.
    const planned = missingIndexes(context.reader().info(namespace), specifications, namespace);
    // An fsync lock is waited for.
    if (planned.length > 0 && !context.isInTransaction) await context.write(() => undefined);
    const built = context.isInTransaction
      ? undefined
      : await context.store.buildIndexes(namespace, planned, () => context.operation.pause());
    const write = context.write((writer) => {
      const info = writer.info(namespace);
      const missing = missingIndexes(info, specifications, namespace);
      const collection = writer.openOrCreate(namespace);
      const before = collection.info.indexes.length;
      // What was built is known by its very specification.
      const wanted = missing.map((each) => planned.find((other) => isEqual(each, other)) ?? each);
      if (wanted.length > 0) writer.createIndexes(namespace, wanted, built);
      const after = writer.info(namespace)?.indexes.length ?? before;
      return Document.from([
        ["numIndexesBefore", int32(before)],
        ["numIndexesAfter", int32(after)],
        ...(info ? [] : [["createdCollectionAutomatically", true] as const]),
        ...(after === before ? [["note", "all indexes already exist"] as const] : []),
        ["ok", 1],
      ]);
    });
    return write.finally(() => built?.release());
  },
};

/** The indexes that are not there yet, as they will be described. @throws MongoError for those that cannot be */
function missingIndexes(
  info: CollectionInfo | undefined,
  specifications: readonly Document[],
  namespace: Namespace,
): readonly Document[] {
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
  return wanted.filter((each) => each.get("name") !== "_id_");
}

const isEqual = (a: Document, b: Document): boolean => encodeDocument(a).equals(encodeDocument(b));

function isText(specification: Document): boolean {
  const key = specification.get("key");
  return key instanceof Document && [...key.fields().values()].includes("text");
}

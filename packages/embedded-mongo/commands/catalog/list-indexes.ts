import { firstBatch, listSource } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { refuseView } from "../crud/insert.ts";
import { optionalCount, optionalDocument } from "../request-fields.ts";
import { listedIndexes } from "./clustered-index.ts";
import { fullName, namespaceOf } from "./namespace-of.ts";

/** Lists the indexes of a collection. */
export const listIndexes: Command = {
  name: "listIndexes",
  access: "inspect",
  fields: ["cursor", "includeBuildUUIDs", "includeIndexBuildInfo"],
  help: "Lists indexes.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "listIndexes");
    const info = context.reader().info(namespace);
    if (!info) throw new MongoError("NamespaceNotFound", `ns does not exist: ${fullName(namespace)}`);
    refuseView(info.kind, fullName(namespace));
    const cursor = optionalDocument(request, "listIndexes", "cursor") ?? emptyDocument;
    return firstBatch(context, namespace, listSource(listedIndexes(info)), {
      batchSize: optionalCount(cursor, "listIndexes.cursor", "batchSize"),
    });
  },
};

import type { BatchSource } from "../../cursors/batch-source.ts";
import { firstBatch, listSource } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { prepareFind } from "../../run/prepare-find.ts";
import { runQuery } from "../../run/run-query.ts";
import { tailQuery } from "../../run/tail-query.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Document } from "../../values/document.ts";
import { fullName, namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import { findOnView } from "./find-on-view.ts";
import { readFind } from "./find-request.ts";
import { operating, queryOptions } from "./operation-options.ts";

/** Finds documents and opens a cursor over them. */
export const find: Command = {
  name: "find",
  access: "read",
  isAllowedInTransaction: true,
  fields: [
    "filter",
    "sort",
    "projection",
    "hint",
    "skip",
    "limit",
    "batchSize",
    "singleBatch",
    "max",
    "min",
    "returnKey",
    "showRecordId",
    "tailable",
    "oplogReplay",
    "noCursorTimeout",
    "awaitData",
    "allowPartialResults",
    "collation",
    "allowDiskUse",
    "let",
    "ntoreturn",
  ],
  help: "Finds documents.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "find");
    const wanted = readFind(request);
    const info = context.reader().info(namespace);
    if (info?.kind === "view") return findOnView(context, namespace, wanted);
    return firstBatch(context, namespace, openFind(context, request, wanted), {
      batchSize: wanted.batchSize,
      isSingleBatch: wanted.isSingleBatch,
      noCursorTimeout: wanted.noCursorTimeout,
      isTailable: wanted.isTailable,
      awaitsData: wanted.awaitsData,
    });
  },
};

function openFind(context: CommandContext, request: Document, wanted: ReturnType<typeof readFind>): BatchSource {
  const namespace = namespaceOf(context.database, request, "find");
  const shared = operating(context, wanted.variables);
  const lasting = context.lastingReader();
  try {
    const collection = lasting.reader.open(namespace);
    const options = queryOptions(shared, wanted.collation, collection?.info);
    const { query, shape } = prepareFind(wanted, collection?.info, options);
    if (!collection) {
      lasting.release();
      return listSource([]);
    }
    if (wanted.isTailable) {
      if (collection.info.options.get("capped") !== true) throw notCapped(fullName(namespace));
      lasting.release();
      return tailQuery(context, namespace, query, shape);
    }
    const { skip, limit, allowDiskUse } = wanted;
    return runQuery(collection, query, {
      skip,
      limit,
      shape,
      allowDiskUse,
      operation: context.operation,
      release: () => lasting.release(),
    });
  } catch (error) {
    lasting.release();
    throw error;
  }
}

const notCapped = (name: string): MongoError =>
  new MongoError("BadValue", `error processing query: ns=${name} tailable cursor requested on non capped collection`);

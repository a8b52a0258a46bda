import { MongoError } from "../../errors/mongo-error.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import {
  optionalBoolean,
  optionalDocument,
  optionalDocuments,
  requiredDocument,
  requiredDocuments,
} from "../request-fields.ts";
import { checkBatchSize } from "./insert.ts";
import { operating } from "./operation-options.ts";
import { checkStatementFields } from "./statement-fields.ts";
import { modificationOf, type UpdateStatement, updateDocuments } from "./update-documents.ts";
import { runStatements, withWriteErrors } from "./write-errors.ts";
import { writeRoom } from "./write-room.ts";

/** Changes or replaces documents. */
export const update: Command = {
  name: "update",
  access: "write",
  isWrite: true,
  isRetryableWrite: true,
  isAllowedInTransaction: true,
  fields: ["updates", "ordered", "bypassDocumentValidation", "let", "stmtIds", "isTimeseriesNamespace"],
  help: "Changes documents.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "update");
    const statements = requiredDocuments(request, "update", "updates");
    checkBatchSize(statements.length);
    const parsed = statements.map(readStatement);
    const isOrdered = optionalBoolean(request, "update", "ordered") ?? true;
    const bypasses = optionalBoolean(request, "update", "bypassDocumentValidation") ?? false;
    const room = writeRoom(context, operating(context, optionalDocument(request, "update", "let")), bypasses);
    return context.write((writer) => {
      let matched = 0;
      let modified = 0;
      const upserted: Document[] = [];
      const errors = runStatements(parsed, isOrdered, (statement, index) => {
        const outcome = updateDocuments(room, writer, namespace, statement);
        matched += outcome.matched;
        modified += outcome.modified;
        if (outcome.inserted) {
          upserted.push(
            Document.from([
              ["index", int32(index)],
              ["_id", outcome.inserted.get("_id") ?? null],
            ]),
          );
        }
      });
      return Document.from([
        ["n", wholeNumber(matched + upserted.length)],
        ...(upserted.length > 0 ? [["upserted", upserted] as const] : []),
        ["nModified", wholeNumber(modified)],
        ...withWriteErrors(errors),
        ["ok", 1],
      ]);
    });
  },
};

const statementFields = new Set(
  "q u c multi upsert collation arrayFilters hint sort upsertSupplied sampleId allowShardKeyUpdatesWithoutFullShardKeyInQuery".split(
    " ",
  ),
);

function readStatement(statement: Document): UpdateStatement {
  const where = "update.updates";
  checkStatementFields(statement, where, statementFields);
  const modification = statement.get("u");
  if (modification === undefined) {
    throw new MongoError("IDLFailedToParse", `BSON field '${where}.u' is missing but a required field`);
  }
  return {
    filter: requiredDocument(statement, where, "q"),
    update: modificationOf(modification, "Update argument"),
    isMulti: optionalBoolean(statement, where, "multi") ?? false,
    isUpsert: optionalBoolean(statement, where, "upsert") ?? false,
    arrayFilters: optionalDocuments(statement, where, "arrayFilters"),
    hint: statement.get("hint"),
    collation: optionalDocument(statement, where, "collation"),
    constants: optionalDocument(statement, where, "c"),
    sort: optionalDocument(statement, where, "sort"),
  };
}

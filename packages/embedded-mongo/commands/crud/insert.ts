import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { checkNewName, fullName, namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import { optionalBoolean, requiredDocuments } from "../request-fields.ts";
import { prepareInsert } from "./prepare-insert.ts";
import { documentValidator } from "./validate-document.ts";
import { runStatements, withWriteErrors } from "./write-errors.ts";

/** Writes of one command (manual, "MongoDB Limits and Thresholds", Write Command Batch Limit Size). */
const maxBatchStatements = 100_000;

/** Inserts documents; makes the collection when it is not there. */
export const insert: Command = {
  name: "insert",
  access: "write",
  isWrite: true,
  isRetryableWrite: true,
  isAllowedInTransaction: true,
  fields: [
    "documents",
    "ordered",
    "bypassDocumentValidation",
    "bypassEmptyTsReplacement",
    "stmtIds",
    "isTimeseriesNamespace",
  ],
  help: "Inserts documents.",
  async run(context, request) {
    const namespace = namespaceOf(context.database, request, "insert");
    const documents = requiredDocuments(request, "insert", "documents");
    checkBatchSize(documents.length);
    const isOrdered = optionalBoolean(request, "insert", "ordered") ?? true;
    const bypasses = optionalBoolean(request, "insert", "bypassDocumentValidation") ?? false;
    const keepsEmptyTimes = optionalBoolean(request, "insert", "bypassEmptyTsReplacement") ?? false;
    const nowMs = context.clock.now();
    return context.write((writer) => {
      refuseView(writer.info(namespace)?.kind, fullName(namespace));
      if (!writer.info(namespace)) checkNewName(namespace);
      const collection = writer.openOrCreate(namespace);
      const validate = bypasses ? undefined : documentValidator(collection.info, nowMs);
      let inserted = 0;
      const errors = runStatements(documents, isOrdered, (document) => {
        const stored = prepareInsert(document, nowMs, keepsEmptyTimes);
        validate?.insert(stored);
        collection.insert(stored);
        inserted++;
      });
      return Document.from([["n", int32(inserted)], ...withWriteErrors(errors), ["ok", 1]]);
    });
  },
};

/** @throws MongoError InvalidLength */
export function checkBatchSize(statements: number): void {
  if (statements >= 1 && statements <= maxBatchStatements) return;
  throw new MongoError(
    "InvalidLength",
    `Write batch sizes must be between 1 and ${maxBatchStatements}. Got ${statements} operations.`,
  );
}

/** @throws MongoError CommandNotSupportedOnView */
export function refuseView(kind: string | undefined, name: string): void {
  if (kind === "view")
    throw new MongoError("CommandNotSupportedOnView", `Namespace ${name} is a view, not a collection`);
}

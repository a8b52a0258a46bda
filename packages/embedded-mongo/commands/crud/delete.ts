import { MongoError } from "../../errors/mongo-error.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import { Document } from "../../values/document.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import {
  optionalBoolean,
  optionalDocument,
  optionalInteger,
  requiredDocument,
  requiredDocuments,
} from "../request-fields.ts";
import { type DeleteStatement, deleteDocuments } from "./delete-documents.ts";
import { checkBatchSize } from "./insert.ts";
import { operating } from "./operation-options.ts";
import { checkStatementFields } from "./statement-fields.ts";
import { runStatements, withWriteErrors } from "./write-errors.ts";
import { writeRoom } from "./write-room.ts";

/** Deletes documents. */
export const deleteCommand: Command = {
  name: "delete",
  access: "write",
  isWrite: true,
  isRetryableWrite: true,
  isAllowedInTransaction: true,
  fields: ["deletes", "ordered", "let", "stmtIds", "isTimeseriesNamespace"],
  help: "Deletes documents.",
  run(context, request) {
    const namespace = namespaceOf(context.database, request, "delete");
    const statements = requiredDocuments(request, "delete", "deletes");
    checkBatchSize(statements.length);
    const parsed = statements.map(readStatement);
    const isOrdered = optionalBoolean(request, "delete", "ordered") ?? true;
    const room = writeRoom(context, operating(context, optionalDocument(request, "delete", "let")), true);
    return context.write((writer) => {
      let deleted = 0;
      const errors = runStatements(parsed, isOrdered, (statement) => {
        deleted += deleteDocuments(room, writer, namespace, statement).deleted;
      });
      return Document.from([["n", wholeNumber(deleted)], ...withWriteErrors(errors), ["ok", 1]]);
    });
  },
};

const statementFields = new Set(["q", "limit", "collation", "hint", "sampleId"]);

function readStatement(statement: Document): DeleteStatement {
  const where = "delete.deletes";
  checkStatementFields(statement, where, statementFields);
  const limit = optionalInteger(statement, where, "limit");
  if (limit === undefined) {
    throw new MongoError("IDLFailedToParse", `BSON field '${where}.limit' is missing but a required field`);
  }
  if (limit !== 0n && limit !== 1n) {
    throw new MongoError("FailedToParse", `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  }
  return {
    filter: requiredDocument(statement, where, "q"),
    isMulti: limit === 0n,
    hint: statement.get("hint"),
    collation: optionalDocument(statement, where, "collation"),
  };
}

import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import type { Document } from "../../values/document.ts";
import { optionalBoolean, optionalDocument, optionalDocuments, requiredDocument } from "../request-fields.ts";
import type { DeleteStatement } from "./delete-documents.ts";
import { checkStatementFields } from "./statement-fields.ts";
import { modificationOf, type UpdateStatement } from "./update-documents.ts";

/** One entry of `ops`; `place` is that of its namespace in `nsInfo`. */
export type BulkOperation =
  | { readonly kind: "insert"; readonly place: number; readonly document: Document }
  | { readonly kind: "update"; readonly place: number; readonly statement: UpdateStatement }
  | { readonly kind: "delete"; readonly place: number; readonly statement: DeleteStatement };

/** @throws MongoError BadValue, FailedToParse and others for a malformed entry */
export function readBulkOperation(entry: Document, namespaces: number): BulkOperation {
  const kind = entry.firstName ?? "";
  const number = entry.get(kind);
  const place = isNumber(number) ? Number(toInteger(number) ?? -1n) : -1;
  if (kind !== "insert" && kind !== "update" && kind !== "delete") {
    throw new MongoError("BadValue", "BulkWrite ops entry must have one of: insert, update, delete as its first field");
  }
  if (place < 0 || place >= namespaces) {
    throw new MongoError("BadValue", `BulkWrite ops entry ${kind} has an invalid nsInfo index: ${place}`);
  }
  if (kind === "insert") return { kind, place, document: requiredDocument(entry, "bulkWrite.insert", "document") };
  return kind === "update"
    ? { kind, place, statement: readUpdate(entry) }
    : { kind, place, statement: readDelete(entry) };
}

const updateFields = new Set(
  "update filter updateMods multi upsert arrayFilters hint collation constants sort upsertSupplied".split(" "),
);

function readUpdate(entry: Document): UpdateStatement {
  const where = "bulkWrite.update";
  checkStatementFields(entry, where, updateFields);
  return {
    filter: requiredDocument(entry, where, "filter"),
    update: modificationOf(entry.get("updateMods"), "updateMods"),
    isMulti: optionalBoolean(entry, where, "multi") ?? false,
    isUpsert: optionalBoolean(entry, where, "upsert") ?? false,
    arrayFilters: optionalDocuments(entry, where, "arrayFilters"),
    hint: entry.get("hint"),
    collation: optionalDocument(entry, where, "collation"),
    constants: optionalDocument(entry, where, "constants"),
    sort: optionalDocument(entry, where, "sort"),
  };
}

function readDelete(entry: Document): DeleteStatement {
  const where = "bulkWrite.delete";
  checkStatementFields(entry, where, new Set(["delete", "filter", "multi", "hint", "collation"]));
  return {
    filter: requiredDocument(entry, where, "filter"),
    isMulti: optionalBoolean(entry, where, "multi") ?? false,
    hint: entry.get("hint"),
    collation: optionalDocument(entry, where, "collation"),
  };
}

import { MongoError } from "../../errors/mongo-error.ts";
import type { Document } from "../../values/document.ts";

/** @throws MongoError IDLUnknownField (40415) for a field that a statement of a command does not have */
export function checkStatementFields(statement: Document, command: string, known: ReadonlySet<string>): void {
  for (const name of statement.fields().keys()) {
    if (!known.has(name)) throw new MongoError(40415, `BSON field '${command}.${name}' is an unknown field.`);
  }
}

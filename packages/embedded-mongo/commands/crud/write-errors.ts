import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";

/** One entry of `writeErrors`: which statement failed, and why. */
function writeError(index: number, error: MongoError): Document {
  return Document.from([
    ["index", int32(index)],
    ["code", int32(error.code)],
    ...error.fields,
    ["errmsg", error.message],
  ]);
}

/**
 * Runs the statements of a batch one after the other. A statement that fails is told by its place; with `isOrdered` it is the last one.
 * What ends the whole command - a write conflict, an interruption, a mistake of ours - is thrown.
 */
export function runStatements<T>(
  statements: readonly T[],
  isOrdered: boolean,
  run: (statement: T, index: number) => void,
): readonly Document[] {
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof MongoError) || endsCommand(error)) throw error;
      errors.push(writeError(index, error));
      if (isOrdered) break;
    }
  }
  return errors;
}

const ending: ReadonlySet<string> = new Set([
  "WriteConflict",
  "Interrupted",
  "InterruptedAtShutdown",
  "MaxTimeMSExpired",
  "OutOfDiskSpace",
  "InternalError",
  "ClientDisconnect",
  "NoSuchTransaction",
  "TransactionTooLarge",
]);

const endsCommand = (error: MongoError): boolean => ending.has(error.codeName);

/** The fields of a reply that has write errors. */
export const withWriteErrors = (errors: readonly Document[]): readonly (readonly [string, Value])[] =>
  errors.length > 0 ? [["writeErrors", errors]] : [];

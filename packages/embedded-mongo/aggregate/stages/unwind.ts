import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Result } from "../expressions/expression.ts";
import { parsePath } from "../expressions/field-path.ts";
import { carryMetadata } from "../expressions/metadata.ts";
import { isNullish, typeName } from "../expressions/values.ts";
import { eachBatch } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

interface Unwind {
  readonly path: readonly string[];
  readonly indexPath: readonly string[] | undefined;
  readonly keepsEmpty: boolean;
}

/** `$unwind`: a document for each element of an array. */
export const compileUnwind: StageCompiler = (argument) => {
  const unwind = readUnwind(argument);
  return eachBatch((batch) => batch.flatMap((document) => unwindDocument(document, unwind)));
};

function readUnwind(argument: Value): Unwind {
  if (typeof argument === "string") return { path: readPath(argument), indexPath: undefined, keepsEmpty: false };
  if (!(argument instanceof Document)) {
    throw new MongoError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(argument)}`,
    );
  }
  for (const name of argument.fields().keys()) {
    if (name !== "path" && name !== "includeArrayIndex" && name !== "preserveNullAndEmptyArrays") {
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const path = argument.get("path");
  if (path === undefined) throw noPath();
  if (typeof path !== "string")
    throw new MongoError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  const keeps = argument.get("preserveNullAndEmptyArrays") ?? false;
  if (typeof keeps !== "boolean") {
    throw new MongoError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(keeps)}`,
    );
  }
  return { path: readPath(path), indexPath: readIndexPath(argument.get("includeArrayIndex")), keepsEmpty: keeps };
}

const noPath = (): MongoError => new MongoError(28812, "no path specified to $unwind stage");

function readPath(path: string): readonly string[] {
  if (path === "") throw noPath();
  if (!path.startsWith("$")) {
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  }
  return parsePath(path.slice(1));
}

function readIndexPath(value: Result): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") {
    throw new MongoError(
      28810,
      `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${typeName(value)}`,
    );
  }
  if (value.startsWith("$")) {
    throw new MongoError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`,
    );
  }
  return parsePath(value);
}

/** Arrays on the way to the last name are not entered (manual, "$unwind"). */
function unwindDocument(document: Document, { path, indexPath, keepsEmpty }: Unwind): readonly Document[] {
  const value = path.reduce<Result>((at, name) => (at instanceof Document ? at.get(name) : undefined), document);
  const withIndex = (made: Document, index: Value) =>
    carryMetadata(document, indexPath ? setPath(made, indexPath, index) : made);
  if (isArray(value) && value.length > 0) {
    return value.map((item, index) => withIndex(setPath(document, path, item), BigInt(index)));
  }
  if (isArray(value)) return keepsEmpty ? [withIndex(setPath(document, path, undefined), null)] : [];
  if (isNullish(value) && !keepsEmpty) return [];
  return [withIndex(document, null)];
}

/** The document with one field set, or removed, on a path of documents. */
export function setPath(document: Document, path: readonly string[], value: Result): Document {
  const [name = "", ...rest] = path;
  const fields = new Map(document.fields());
  const inner = fields.get(name);
  const result =
    rest.length === 0 ? value : setPath(inner instanceof Document ? inner : Document.of(new Map()), rest, value);
  if (result === undefined) fields.delete(name);
  else fields.set(name, result);
  return Document.of(fields);
}

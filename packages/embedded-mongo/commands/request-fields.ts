import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toTruncated } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { typeOf } from "../values/types.ts";

// Fields of a request, with the errors of MongoDB's own parser of commands. `command` is the name for the message.

/** @throws MongoError TypeMismatch */
export function optionalString(request: Document, command: string, name: string): string | undefined {
  const value = present(request, name);
  return value === undefined || typeof value === "string" ? value : wrongType(command, name, value, "string");
}

/** @throws MongoError TypeMismatch, IDLFailedToParse when it is missing */
export const requiredString = (request: Document, command: string, name: string): string =>
  optionalString(request, command, name) ?? missing(command, name);

/** @throws MongoError TypeMismatch */
export function optionalDocument(request: Document, command: string, name: string): Document | undefined {
  const value = present(request, name);
  return value === undefined || value instanceof Document ? value : wrongType(command, name, value, "object");
}

/** @throws MongoError TypeMismatch, IDLFailedToParse when it is missing */
export const requiredDocument = (request: Document, command: string, name: string): Document =>
  optionalDocument(request, command, name) ?? missing(command, name);

/** An array of documents. @throws MongoError TypeMismatch */
export function optionalDocuments(request: Document, command: string, name: string): readonly Document[] | undefined {
  const value = present(request, name);
  if (value === undefined) return undefined;
  if (!isArray(value)) return wrongType(command, name, value, "array");
  return value.map((each, index) =>
    each instanceof Document ? each : wrongType(command, `${name}.${index}`, each, "object"),
  );
}

/** @throws MongoError TypeMismatch, IDLFailedToParse when it is missing */
export const requiredDocuments = (request: Document, command: string, name: string): readonly Document[] =>
  optionalDocuments(request, command, name) ?? missing(command, name);

/** Numbers count as booleans, as MongoDB's "safe bool" does. @throws MongoError TypeMismatch */
export function optionalBoolean(request: Document, command: string, name: string): boolean | undefined {
  const value = present(request, name);
  if (value === undefined || typeof value === "boolean") return value;
  if (isNumber(value)) return toTruncated(value) !== 0n;
  throw new MongoError(
    "TypeMismatch",
    `BSON field '${command}.${name}' is the wrong type '${typeOf(value).alias}', expected types '[bool, long, int, decimal, double]'`,
  );
}

/** A whole number; fractions are cut. @throws MongoError TypeMismatch */
export function optionalInteger(request: Document, command: string, name: string): bigint | undefined {
  const value = present(request, name);
  if (value === undefined) return undefined;
  if (isNumber(value)) return toTruncated(value) ?? 0n;
  throw new MongoError(
    "TypeMismatch",
    `BSON field '${command}.${name}' is the wrong type '${typeOf(value).alias}', expected types '[long, int, decimal, double]'`,
  );
}

/** The same, where a negative one is refused. @throws MongoError TypeMismatch, BadValue (its number is Location51024) */
export function optionalCount(request: Document, command: string, name: string): number | undefined {
  const value = optionalInteger(request, command, name);
  if (value !== undefined && value < 0n)
    throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return value === undefined ? undefined : Number(value);
}

/** A field that is null is as good as missing. */
function present(request: Document, name: string): Value | undefined {
  const value = request.get(name);
  return value === null ? undefined : value;
}

function wrongType(command: string, name: string, value: Value, expected: string): never {
  throw new MongoError(
    "TypeMismatch",
    `BSON field '${command}.${name}' is the wrong type '${typeOf(value).alias}', expected type '${expected}'`,
  );
}

function missing(command: string, name: string): never {
  throw new MongoError("IDLFailedToParse", `BSON field '${command}.${name}' is missing but a required field`);
}

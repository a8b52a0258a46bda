import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble, toInteger } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { type BsonType, bsonTypes } from "../../values/types.ts";

const numberAliases: ReadonlySet<string> = new Set(["double", "int", "long", "decimal"]);

/** The types that `$type` or `bsonType` names. @throws MongoError BadValue, TypeMismatch, FailedToParse */
export function parseTypes(path: string, operand: Value): ReadonlySet<BsonType> {
  const types = new Set((isArray(operand) ? operand : [operand]).flatMap(parseType));
  if (types.size === 0) throw new MongoError("FailedToParse", `${path} must match at least one type`);
  return types;
}

function parseType(operand: Value): readonly BsonType[] {
  if (typeof operand === "string") return typesNamed(operand);
  if (!isNumber(operand)) throw new MongoError("TypeMismatch", "type must be represented as a number or a string");
  const code = toInteger(operand);
  const found = bsonTypes.filter((type) => code !== undefined && BigInt(type.number) === code);
  if (found.length === 0) throw new MongoError("BadValue", `Invalid numerical type code: ${toDouble(operand)}`);
  return found;
}

/** The types of an alias; "number" stands for four. @throws MongoError BadValue */
export function typesNamed(alias: string): readonly BsonType[] {
  const found = bsonTypes.filter((type) => (alias === "number" ? numberAliases.has(type.alias) : type.alias === alias));
  if (found.length === 0) throw new MongoError("BadValue", `Unknown type name alias: ${alias}`);
  return found;
}

import { Decimal } from "./decimal.ts";
import { Document, ScopedCode, type Value } from "./document.ts";
import {
  BinaryValue,
  bsonUndefined,
  CodeValue,
  DateValue,
  DbPointerValue,
  Int32,
  minKey,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "./scalars.ts";

/** One BSON type: its number, its alias for `$type`, and its place in the order of all values (manual, "Comparison/Sort Order"). */
export interface BsonType {
  readonly number: number;
  readonly alias: string;
  /** Types with the same rank compare by value. */
  readonly rank: number;
}

const type = (number: number, alias: string, rank: number): BsonType => ({ number, alias, rank });

const types = {
  minKey: type(-1, "minKey", -1),
  undefined: type(6, "undefined", 0),
  null: type(10, "null", 5),
  double: type(1, "double", 10),
  int: type(16, "int", 10),
  long: type(18, "long", 10),
  decimal: type(19, "decimal", 10),
  string: type(2, "string", 15),
  symbol: type(14, "symbol", 15),
  object: type(3, "object", 20),
  array: type(4, "array", 25),
  binData: type(5, "binData", 30),
  objectId: type(7, "objectId", 35),
  bool: type(8, "bool", 40),
  date: type(9, "date", 45),
  timestamp: type(17, "timestamp", 47),
  regex: type(11, "regex", 50),
  dbPointer: type(12, "dbPointer", 55),
  javascript: type(13, "javascript", 60),
  javascriptWithScope: type(15, "javascriptWithScope", 65),
  maxKey: type(127, "maxKey", 127),
} as const;

/** All types. */
export const bsonTypes: readonly BsonType[] = Object.values(types);

/** The type of a value. */
export function typeOf(value: Value): BsonType {
  switch (typeof value) {
    case "number":
      return types.double;
    case "string":
      return types.string;
    case "boolean":
      return types.bool;
    case "bigint":
      return types.long;
    default:
      return value === null ? types.null : typeOfObject(value);
  }
}

function typeOfObject(value: Exclude<Value, null | number | string | boolean | bigint>): BsonType {
  if (value instanceof Int32) return types.int;
  if (value instanceof Document) return types.object;
  if (Array.isArray(value)) return types.array;
  if (value instanceof ObjectIdValue) return types.objectId;
  if (value instanceof DateValue) return types.date;
  if (value instanceof Decimal) return types.decimal;
  if (value instanceof BinaryValue) return types.binData;
  if (value instanceof TimestampValue) return types.timestamp;
  if (value instanceof RegexValue) return types.regex;
  if (value instanceof CodeValue) return types.javascript;
  if (value instanceof ScopedCode) return types.javascriptWithScope;
  if (value instanceof SymbolValue) return types.symbol;
  if (value instanceof DbPointerValue) return types.dbPointer;
  if (value === bsonUndefined) return types.undefined;
  return value === minKey ? types.minKey : types.maxKey;
}

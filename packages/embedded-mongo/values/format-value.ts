import { Decimal, formatDecimal } from "./decimal.ts";
import { Document, ScopedCode, type Value } from "./document.ts";
import { isArray } from "./encode.ts";
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

/** A value as MongoDB writes it into error messages: `{ a: 1, b: "text", c: ObjectId('...') }`. */
export function formatValue(value: Value): string {
  switch (typeof value) {
    case "string":
      return `"${value}"`;
    case "number":
      return formatDouble(value);
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return value === null ? "null" : formatObject(value);
  }
}

/** The same with the field's name before it, as MongoDB prints an element: `$size: -1`. */
export const formatField = (name: string, value: Value): string => `${name}: ${formatValue(value)}`;

function formatDouble(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

function formatObject(value: Exclude<Value, null | string | number | bigint | boolean>): string {
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Document) return formatDocument(value);
  if (isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(formatValue).join(", ")} ]`;
  if (value instanceof ObjectIdValue) return `ObjectId('${value.id.toString("hex")}')`;
  if (value instanceof DateValue) return `new Date(${value.ms})`;
  if (value instanceof Decimal) return formatDecimal(value);
  if (value instanceof BinaryValue) return formatBinary(value);
  if (value instanceof RegexValue) return `/${value.pattern}/${value.options}`;
  if (value instanceof TimestampValue) return `Timestamp(${value.seconds}, ${value.increment})`;
  if (value instanceof CodeValue) return value.code;
  if (value instanceof ScopedCode) return `CodeWScope( ${value.source}, ${formatDocument(value.scope)})`;
  if (value instanceof SymbolValue) return `"${value.text}"`;
  if (value instanceof DbPointerValue) return `DBRef('${value.namespace}', ${value.pointer.toString("hex")})`;
  if (value === bsonUndefined) return "undefined";
  return value === minKey ? "MinKey" : "MaxKey";
}

function formatDocument(document: Document): string {
  if (document.size === 0) return "{}";
  return `{ ${[...document.fields()].map(([name, value]) => formatField(name, value)).join(", ")} }`;
}

function formatBinary({ subtype, bytes }: BinaryValue): string {
  const hex = bytes.toString("hex");
  if (subtype !== 4 || bytes.length !== 16) return `BinData(${subtype}, ${hex.toUpperCase()})`;
  return `UUID("${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}")`;
}

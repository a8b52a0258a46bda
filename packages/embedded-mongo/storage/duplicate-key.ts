import { MongoError } from "../errors/mongo-error.ts";
import { Decimal, formatDecimal } from "../values/decimal.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import {
  BinaryValue,
  DateValue,
  Int32,
  maxKey,
  minKey,
  ObjectIdValue,
  RegexValue,
  TimestampValue,
} from "../values/scalars.ts";
import type { IndexRow } from "./index-rows.ts";
import type { IndexInfo, Namespace } from "./store.ts";

/** What drivers and mongoose parse: `E11000 duplicate key error collection: db.c index: a_1 dup key: { a: 1 }`, `keyPattern` and `keyValue`. */
export function duplicateKey({ database, collection }: Namespace, info: IndexInfo, row: IndexRow): MongoError {
  const values = info.key.map(([path], at) => [path, row[at] ?? null] as const);
  const shown = values.map(([path, value]) => `${path}: ${show(value)}`).join(", ");
  const key = info.specification.get("key");
  const collation = info.collation ? ` collation: ${show(info.collation)}` : "";
  const message = `E11000 duplicate key error collection: ${database}.${collection} index: ${info.name}${collation} dup key: { ${shown} }`;
  return new MongoError("DuplicateKey", message, [
    ["keyPattern", key ?? null],
    ["keyValue", Document.from(values)],
  ]);
}

/** As MongoDB's server writes values into messages. */
function show(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return showText(value);
  if (typeof value === "number")
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof ObjectIdValue) return `ObjectId('${value.id.toString("hex")}')`;
  if (value instanceof DateValue) return `new Date(${value.ms})`;
  if (value instanceof Decimal) return formatDecimal(value);
  if (value instanceof Document) {
    const fields = [...value.fields()].map(([name, each]) => `${name}: ${show(each)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  if (isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(show).join(", ")} ]`;
  return showRare(value);
}

// Bytes, as MongoDB's server has them: of a longer text, the beginning is shown.
const maxText = 159;
const shownText = 150;

function showText(text: string): string {
  if (Buffer.byteLength(text) <= maxText) return `"${escapeText(text)}"`;
  // Whole characters alone, where MongoDB's server cuts one into pieces that are no UTF-8.
  const shown = new TextDecoder().decode(Buffer.from(text).subarray(0, shownText), { stream: true });
  return `"${escapeText(shown)}..."`;
}

const escapeText = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');

function showRare(value: Value): string {
  if (value instanceof BinaryValue) {
    const hex = value.bytes.toString("hex");
    if (value.subtype !== 4 || value.bytes.length !== 16) return `BinData(${value.subtype}, ${hex.toUpperCase()})`;
    return `UUID("${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}")`;
  }
  if (value instanceof TimestampValue) return `Timestamp(${value.seconds}, ${value.increment})`;
  if (value instanceof RegexValue) return `/${value.pattern}/${value.options}`;
  if (value === minKey) return "MinKey";
  return value === maxKey ? "MaxKey" : "undefined";
}

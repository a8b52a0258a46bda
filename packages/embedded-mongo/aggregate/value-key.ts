import type { Collation } from "../collation/collation.ts";
import { isNumber, type NumberValue, toDecimal } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Decimal } from "../values/decimal.ts";
import { Document, ScopedCode, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import {
  BinaryValue,
  CodeValue,
  DateValue,
  DbPointerValue,
  Int32,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";
import type { Result } from "./expressions/expression.ts";

/** A text that is the same for values that are equal to a query, and only for those: the key of hash tables. Missing has one of its own. */
export function valueKey(value: Result, collation?: Collation): string {
  if (value === undefined) return "-";
  if (typeof value === "string") return `s${collation ? collation.key(value) : value}`;
  if (isNumber(value)) return `n${numberKey(value)}`;
  if (value instanceof Document) return `{${documentKey(value, collation)}}`;
  if (isArray(value)) return `[${value.map((item) => sized(valueKey(item, collation))).join("")}]`;
  return typeOf(value).rank + otherKey(value);
}

/** Texts next to each other cannot run into one another. */
const sized = (text: string): string => `${text.length}:${text}`;

function documentKey(document: Document, collation: Collation | undefined): string {
  let key = "";
  for (const [name, value] of document.fields()) key += sized(name) + sized(valueKey(value, collation));
  return key;
}

function numberKey(value: NumberValue): string {
  if (value instanceof Int32) return String(value.value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Decimal) return decimalKey(value);
  // All whole doubles in the form of whole numbers; the others as their text, which is theirs alone.
  if (Number.isInteger(value))
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value + 0) : String(BigInt(value));
  return String(value);
}

function decimalKey(value: Decimal): string {
  const double = toDouble(value);
  if (value.kind !== "finite") return String(double);
  let { coefficient, exponent } = value;
  if (coefficient === 0n) return "0";
  for (; coefficient % 10n === 0n; coefficient /= 10n) exponent++;
  const exact = toDecimal(double);
  if (Number.isFinite(double) && isSame(exact, value, coefficient, exponent)) return numberKey(double);
  const digits = `${value.isNegative ? "-" : ""}${coefficient}`;
  return exponent >= 0 && exponent < 40 ? digits + "0".repeat(exponent) : `d${digits}e${exponent}`;
}

function isSame(exact: Decimal, value: Decimal, coefficient: bigint, exponent: number): boolean {
  if (exact.isNegative !== value.isNegative || exact.coefficient === 0n) return false;
  let [digits, power] = [exact.coefficient, exact.exponent];
  for (; digits % 10n === 0n; digits /= 10n) power++;
  return digits === coefficient && power === exponent;
}

function otherKey(value: Exclude<Value, NumberValue | string | Document | readonly Value[]>): string {
  if (value instanceof ObjectIdValue) return value.id.toString("latin1");
  if (value instanceof DateValue) return String(value.ms);
  if (typeof value === "boolean") return String(value);
  if (value instanceof BinaryValue) return `${value.subtype}:${value.bytes.toString("latin1")}`;
  if (value instanceof TimestampValue) return `${value.seconds}:${value.increment}`;
  if (value instanceof RegexValue) return sized(value.pattern) + value.options;
  if (value instanceof CodeValue) return value.code;
  if (value instanceof SymbolValue) return value.text;
  if (value instanceof ScopedCode) return sized(value.source) + documentKey(value.scope, undefined);
  if (value instanceof DbPointerValue) return sized(value.namespace) + value.pointer.toString("latin1");
  return "";
}

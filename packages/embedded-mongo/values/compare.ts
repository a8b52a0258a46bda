import { compareNumbers, isNumber } from "./compare-numbers.ts";
import { Document, ScopedCode, type Value } from "./document.ts";
import {
  BinaryValue,
  CodeValue,
  DateValue,
  DbPointerValue,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "./scalars.ts";
import { typeOf } from "./types.ts";

/** How two strings compare: negative, zero or positive. */
export type CompareStrings = (left: string, right: string) => number;

/**
 * MongoDB's order of all values (manual, "Comparison/Sort Order"): first by type, then by value. Strings compare by their UTF-8
 * bytes, or by a collation. Negative, zero or positive.
 */
export function compareValues(left: Value, right: Value, compareStrings: CompareStrings = compareBytes): number {
  if (typeof left === "string" && typeof right === "string") return compareStrings(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  const rank = typeOf(left).rank - typeOf(right).rank;
  return rank === 0 ? compareAlike(left, right, compareStrings) : rank;
}

/** Whether two values are the same to a query: numbers by value, documents with their fields in order. */
export function equalValues(left: Value, right: Value, compareStrings?: CompareStrings): boolean {
  return compareValues(left, right, compareStrings) === 0;
}

/**
 * Compares by code points, which is the order of the UTF-8 bytes; JavaScript's own `<` differs where surrogates meet U+E000 and above.
 */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return codePointOrder(a) - codePointOrder(b);
  }
  return left.length - right.length;
}

// Surrogates stand for code points above every other unit.
const codePointOrder = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Both have the same rank. */
function compareAlike(left: Value, right: Value, compareStrings: CompareStrings): number {
  if (left instanceof Document && right instanceof Document) return compareDocuments(left, right, compareStrings);
  if (left instanceof ObjectIdValue && right instanceof ObjectIdValue) return Buffer.compare(left.id, right.id);
  if (left instanceof DateValue && right instanceof DateValue) return left.ms - right.ms;
  if (typeof left === "boolean") return Number(left) - Number(right);
  if (Array.isArray(left) && Array.isArray(right)) return compareArrays(left, right, compareStrings);
  if (left instanceof BinaryValue && right instanceof BinaryValue) {
    return (
      left.bytes.length - right.bytes.length || left.subtype - right.subtype || Buffer.compare(left.bytes, right.bytes)
    );
  }
  if (left instanceof TimestampValue && right instanceof TimestampValue) {
    return left.seconds - right.seconds || left.increment - right.increment;
  }
  if (left instanceof RegexValue && right instanceof RegexValue) {
    return compareBytes(left.pattern, right.pattern) || compareBytes(left.options, right.options);
  }
  return compareTexts(left, right, compareStrings);
}

function compareTexts(left: Value, right: Value, compareStrings: CompareStrings): number {
  if (left instanceof CodeValue && right instanceof CodeValue) return compareBytes(left.code, right.code);
  if (left instanceof ScopedCode && right instanceof ScopedCode) {
    return compareBytes(left.source, right.source) || compareDocuments(left.scope, right.scope, compareStrings);
  }
  if (left instanceof DbPointerValue && right instanceof DbPointerValue) {
    return compareBytes(left.namespace, right.namespace) || Buffer.compare(left.pointer, right.pointer);
  }
  const [a, b] = [textOf(left), textOf(right)];
  // What is left are the types that have one value: null, undefined, MinKey, MaxKey.
  return a === undefined || b === undefined ? 0 : compareStrings(a, b);
}

const textOf = (value: Value): string | undefined =>
  typeof value === "string" ? value : value instanceof SymbolValue ? value.text : undefined;

/** Field by field: the types, then the names, then the values; the shorter one first. */
function compareDocuments(left: Document, right: Document, compareStrings: CompareStrings): number {
  const others = right.fields().entries();
  for (const [name, value] of left.fields()) {
    const next = others.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const order =
      typeOf(value).rank - typeOf(other).rank ||
      compareBytes(name, otherName) ||
      compareValues(value, other, compareStrings);
    if (order !== 0) return order;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(left: readonly Value[], right: readonly Value[], compareStrings: CompareStrings): number {
  for (const [index, value] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareValues(value, other, compareStrings);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

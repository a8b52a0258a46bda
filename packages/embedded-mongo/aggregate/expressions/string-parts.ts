import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { int32 } from "../../values/scalars.ts";
import { variadic } from "./arguments.ts";
import { boundOf } from "./array-access.ts";
import type { Operator, OperatorTable, Result } from "./expression.ts";
import { countCodePoints } from "./string-joining.ts";
import { textOf } from "./text-of.ts";
import { asInteger, isNullish, typeName } from "./values.ts";

const substringOfBytes: Operator = variadic(substrBytes, 3, 3);

/** Parts of strings, and places in them, by bytes of UTF-8 (`Bytes`) or by code points (`CP`). */
export const stringPartOperators: OperatorTable = {
  $substr: substringOfBytes,
  $substrBytes: substringOfBytes,
  $substrCP: variadic(substrCodePoints, 3, 3),
  $indexOfBytes: variadic((values) => indexOfBytes(values), 2, 4),
  $indexOfCP: variadic((values) => indexOfCodePoints(values), 2, 4),
};

function substrBytes([text, from, count]: readonly Result[], name: string): Result {
  const bytes = Buffer.from(textOf(text));
  if (!isNumber(from)) {
    throw new MongoError(16034, `${name}:  starting index must be a numeric type (is BSON type ${typeName(from)})`);
  }
  if (!isNumber(count)) {
    throw new MongoError(16035, `${name}:  length must be a numeric type (is BSON type ${typeName(count)})`);
  }
  const start = Math.trunc(toDouble(from));
  if (start < 0) throw new MongoError(50752, `${name}: starting index must be non-negative (got: ${start})`);
  const length = Math.trunc(toDouble(count));
  if (start < bytes.length && isContinuation(bytes[start])) {
    throw new MongoError(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  }
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  if (end > start && end < bytes.length && isContinuation(bytes[end])) {
    throw new MongoError(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  }
  return bytes.toString("utf8", Math.min(start, bytes.length), end);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function substrCodePoints([text, from, count]: readonly Result[], name: string): Result {
  const whole = textOf(text);
  const start = codePointBound(from, "starting index", name, 34450, 34451);
  const length = codePointBound(count, "length", name, 34452, 34453);
  if (length < 0) throw new MongoError(34454, `${name}: length must be a nonnegative integer.`);
  if (start < 0) throw new MongoError(34455, `${name}: the starting index must be nonnegative integer.`);
  return [...whole].slice(start, start + length).join("");
}

function codePointBound(value: Result, part: string, name: string, notNumber: number, notInteger: number): number {
  if (!isNumber(value)) {
    throw new MongoError(notNumber, `${name}: ${part} must be a numeric type (is BSON type ${typeName(value)})`);
  }
  const integer = asInteger(value);
  if (integer === undefined) {
    throw new MongoError(notInteger, `${name}: ${part} cannot be represented as a 32-bit integral value`);
  }
  return integer;
}

/** The operands of a search; undefined when the answer is null. */
function searchOf(values: readonly Result[], name: string, codes: readonly [number, number]) {
  const [text, token, from, to] = values;
  if (isNullish(text)) return undefined;
  if (typeof text !== "string") {
    throw new MongoError(codes[0], `${name} requires a string as the first argument, found: ${typeName(text)}`);
  }
  if (typeof token !== "string") {
    throw new MongoError(codes[1], `${name} requires a string as the second argument, found: ${typeName(token)}`);
  }
  const start = values.length < 3 ? 0 : boundOf(from, "starting", name);
  const end = values.length < 4 ? Number.POSITIVE_INFINITY : boundOf(to, "ending", name);
  return { text, token, start, end };
}

function indexOfBytes(values: readonly Result[]): Result {
  const search = searchOf(values, "$indexOfBytes", [40091, 40092]);
  if (!search) return null;
  const bytes = Buffer.from(search.text);
  const token = Buffer.from(search.token);
  const end = Math.min(bytes.length, search.end);
  if (search.start > bytes.length || end < search.start) return int32(-1);
  const found = bytes.subarray(0, end).indexOf(token, search.start);
  return int32(token.length === 0 ? search.start : found);
}

function indexOfCodePoints(values: readonly Result[]): Result {
  const search = searchOf(values, "$indexOfCP", [40093, 40094]);
  if (!search) return null;
  const points = [...search.text];
  const end = Math.min(points.length, search.end);
  if (search.start > points.length || end < search.start) return int32(-1);
  const part = points.slice(search.start, end).join("");
  const found = part.indexOf(search.token);
  return int32(found < 0 ? -1 : search.start + countCodePoints(part.slice(0, found)));
}

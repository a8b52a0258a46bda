import { compareValues } from "../values/compare.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { Document, emptyDocument, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import {
  BinaryValue,
  bsonUndefined,
  DateValue,
  ObjectIdValue,
  type RegexValue,
  TimestampValue,
} from "../values/scalars.ts";
import { point, union } from "./intervals.ts";
import type { Interval } from "./plan.ts";

/** Where a predicate's matches lie; `isExact` when every document with such a key matches it. */
export interface Bounds {
  readonly intervals: readonly Interval[];
  readonly isExact: boolean;
}

/** What `{ $eq: value }` can be found under. An array is stored under its elements, and as a whole inside another array. */
export function equalityBounds(value: Value): Bounds {
  if (isArray(value)) {
    return { intervals: union([point(value[0] ?? bsonUndefined), point(value)]), isExact: false };
  }
  // A missing field is stored as null, and what null matches depends on the arrays along the path.
  return { intervals: [point(value)], isExact: value !== null && value !== bsonUndefined };
}

/** Comparisons find values of the same type only (manual, "Comparison/Sort Order", type bracketing). Undefined when no bounds say it. */
export function inequalityBounds(operator: "$lt" | "$lte" | "$gt" | "$gte", value: Value): Bounds | undefined {
  const isWithEqual = operator === "$lte" || operator === "$gte";
  if (value === null || (isNumber(value) && isNotANumber(value))) {
    return isWithEqual ? equalityBounds(value) : { intervals: [], isExact: true };
  }
  const bracket = bracketOf(value);
  if (!bracket) return undefined;
  const interval: Interval =
    operator === "$lt" || operator === "$lte"
      ? { ...bracket, to: value, isToIncluded: isWithEqual }
      : { ...bracket, from: value, isFromIncluded: isWithEqual };
  const isEmpty =
    compareValues(interval.from, interval.to) === 0 && !(interval.isFromIncluded && interval.isToIncluded);
  return { intervals: isEmpty ? [] : [interval], isExact: true };
}

const isNotANumber = (value: Value): boolean => compareValues(value, Number.NaN) === 0;

/** Strings that begin with this, and the stored regular expression that is the same. */
export function prefixBounds(prefix: string | undefined, pattern: RegexValue): Bounds {
  return { intervals: union([...stringBounds(prefix).intervals, point(pattern)]), isExact: false };
}

/** Strings that begin with this; all of them when it is undefined. */
export function stringBounds(prefix: string | undefined): Bounds {
  const until = prefix ? successor(prefix) : undefined;
  const strings: Interval = { ...stringBracket, from: prefix ?? "" };
  return { intervals: [until === undefined ? strings : { ...strings, to: until }], isExact: false };
}

/** The first string behind all that begin with `prefix`; undefined where its last character is the last one of Unicode or half of one. */
function successor(prefix: string): string | undefined {
  const last = prefix.charCodeAt(prefix.length - 1);
  return last >= 0xd7ff ? undefined : prefix.slice(0, -1) + String.fromCharCode(last + 1);
}

const emptyBinary = new BinaryValue(0, Buffer.alloc(0));
const between = (from: Value, to: Value, isToIncluded: boolean): Interval => ({
  from,
  isFromIncluded: true,
  to,
  isToIncluded,
});

const stringBracket = between("", emptyDocument, false);
const objectBracket = between(emptyDocument, [], false);
const numberBracket = between(-Infinity, Infinity, true);
const booleanBracket = between(false, true, true);
const objectIdBracket = between(new ObjectIdValue(Buffer.alloc(12)), new ObjectIdValue(Buffer.alloc(12, 0xff)), true);
const timestampBracket = between(new TimestampValue(0, 0), new TimestampValue(0xffff_ffff, 0xffff_ffff), true);
const dateBracket = between(new DateValue(-(2 ** 63)), new TimestampValue(0, 0), false);
const binaryBracket = between(emptyBinary, new ObjectIdValue(Buffer.alloc(12)), false);

function bracketOf(value: Value): Interval | undefined {
  if (isNumber(value)) return numberBracket;
  if (typeof value === "string") return stringBracket;
  if (typeof value === "boolean") return booleanBracket;
  if (value instanceof ObjectIdValue) return objectIdBracket;
  if (value instanceof DateValue) return dateBracket;
  if (value instanceof Document) return objectBracket;
  if (value instanceof TimestampValue) return timestampBracket;
  if (value instanceof BinaryValue) return binaryBracket;
  // Arrays compare as wholes and by their elements; MinKey and MaxKey compare with every type.
  return undefined;
}

import { Decimal, formatDecimal } from "../../values/decimal.ts";
import type { Value } from "../../values/document.ts";
import { bsonUndefined, Int32 } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import type { Result } from "./expression.ts";

/** Null, undefined and missing: what most operators answer with null (manual, each operator's "Behavior"). */
export const isNullish = (value: Result): value is null | undefined =>
  value === undefined || value === null || value === bsonUndefined;

/** The type's name in messages; `missing` for a field that is not there. */
export const typeName = (value: Result): string => (value === undefined ? "missing" : typeOf(value).alias);

/** Whether a value counts as true: all but false, null, undefined, missing and numbers equal to zero. */
export function isTrue(value: Result): boolean {
  if (typeof value === "boolean") return value;
  if (isNullish(value)) return false;
  return !isZero(value);
}

function isZero(value: Value): boolean {
  if (typeof value === "number") return value === 0;
  if (typeof value === "bigint") return value === 0n;
  if (value instanceof Int32) return value.value === 0;
  return value instanceof Decimal && value.kind === "finite" && value.coefficient === 0n;
}

/** A number that is whole and fits 32 bits, of whatever type; undefined for all others. */
export function asInteger(value: Result): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isInteger(number) && Math.abs(number) <= 2 ** 31 ? number + 0 : undefined;
}

/** The double nearest to a number of any type; undefined for what is no number. */
function toNumber(value: Result): number | undefined {
  if (typeof value === "number") return value;
  if (value instanceof Int32) return value.value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Decimal) return Number(formatDecimal(value));
  return undefined;
}

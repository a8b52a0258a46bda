import { type NumberValue, toDecimal } from "./compare-numbers.ts";
import { Decimal, decimalNaN } from "./decimal.ts";
import { isZero } from "./decimal-arithmetic.ts";
import { digitCount, roundDecimal } from "./round-decimal.ts";
import { Int32, int32 } from "./scalars.ts";

// The digits that every double keeps: what MongoDB makes of one in decimal arithmetic and in $toDecimal (manual, "$toDecimal").
const doubleDigits = 15;

/** The decimal that arithmetic takes for a number: integers exactly, a double with 15 significant digits (2.5 is 2.50000000000000). */
export function toArithmeticDecimal(value: NumberValue): Decimal {
  if (typeof value !== "number") return toDecimal(value);
  const exact = toDecimal(value);
  if (exact.kind === "nan") return decimalNaN;
  if (exact.kind === "infinity" || isZero(exact)) return exact;
  const rounded = roundDecimal(exact.isNegative, exact.coefficient, exact.exponent, doubleDigits);
  const missing = doubleDigits - digitCount(rounded.coefficient);
  return roundDecimal(rounded.isNegative, rounded.coefficient * 10n ** BigInt(missing), rounded.exponent - missing);
}

/** The nearest double. */
export function toDouble(value: NumberValue): number {
  if (typeof value === "number") return value;
  if (value instanceof Int32) return value.value;
  if (typeof value === "bigint") return Number(value);
  const sign = value.isNegative ? -1 : 1;
  if (value.kind === "nan") return Number.NaN;
  if (value.kind === "infinity") return sign * Number.POSITIVE_INFINITY;
  return sign * Number(`${value.coefficient}e${value.exponent}`);
}

/** The whole number that it is; undefined for fractions, NaN and infinities, and for what has more than 40 digits. */
export function toInteger(value: NumberValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (value.kind !== "finite") return undefined;
  const whole = truncated(value);
  if (whole === undefined || (value.exponent < 0 && value.coefficient % 10n ** BigInt(-value.exponent) !== 0n))
    return undefined;
  return whole;
}

/** The number without its fraction; undefined for NaN and infinities, and for what has more than 40 digits. */
export function toTruncated(value: NumberValue): bigint | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
  return value instanceof Decimal ? truncated(value) : toInteger(value);
}

function truncated(value: Decimal): bigint | undefined {
  if (value.kind !== "finite" || (value.exponent > 40 && value.coefficient !== 0n)) return undefined;
  const { exponent, coefficient } = value;
  const magnitude =
    exponent >= 0
      ? coefficient * 10n ** BigInt(coefficient === 0n ? 0 : exponent)
      : -exponent > digitCount(coefficient)
        ? 0n
        : coefficient / 10n ** BigInt(-exponent);
  return value.isNegative ? -magnitude : magnitude;
}

/** The smallest of int and long that holds it. `value` must have 64 bits. */
export const toIntOrLong = (value: bigint): Int32 | bigint =>
  value >= -2147483648n && value <= 2147483647n ? int32(Number(value)) : value;

/** Whether it has 64 bits. */
export const fitsLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

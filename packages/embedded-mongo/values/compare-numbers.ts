import { Decimal } from "./decimal.ts";
import { Int32 } from "./scalars.ts";

/** A value of one of the four number types. */
export type NumberValue = number | bigint | Int32 | Decimal;

/** Whether it is a number of any type. */
export const isNumber = (value: unknown): value is NumberValue =>
  typeof value === "number" || typeof value === "bigint" || value instanceof Int32 || value instanceof Decimal;

/**
 * Compares numbers of all types by their exact values; NaN is equal to NaN and below every other number
 * (manual, "Comparison/Sort Order", Numeric Types). Negative, zero or positive.
 */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  const a = left instanceof Int32 ? left.value : left;
  const b = right instanceof Int32 ? right.value : right;
  if (typeof a === "number" && typeof b === "number") return compareDoubles(a, b);
  if (a instanceof Decimal || b instanceof Decimal) return compareDecimals(toDecimal(a), toDecimal(b));
  if (Number.isNaN(a)) return -1;
  if (Number.isNaN(b)) return 1;
  // JavaScript compares integers and doubles exactly (ECMA-262, IsLessThan).
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

/** The exact decimal of a number; a double becomes the number that it is, not the text that it prints as. The coefficient may exceed 34 digits. */
export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === "bigint") return new Decimal("finite", value < 0n, value < 0n ? -value : value, 0);
  const number = value instanceof Int32 ? value.value : value;
  if (Number.isNaN(number)) return new Decimal("nan", false, 0n, 0);
  const isNegative = number < 0 || Object.is(number, -0);
  if (!Number.isFinite(number)) return new Decimal("infinity", isNegative, 0n, 0);
  let mantissa = Math.abs(number);
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  // m / 2^k is m * 5^k / 10^k.
  return new Decimal("finite", isNegative, BigInt(mantissa) * 5n ** BigInt(halvings), -halvings);
}

function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.kind === "nan" || b.kind === "nan") return Number(b.kind === "nan") - Number(a.kind === "nan");
  const [signA, signB] = [signOf(a), signOf(b)];
  if (signA !== signB || signA === 0) return signA - signB;
  return signA > 0 ? compareMagnitudes(a, b) : compareMagnitudes(b, a);
}

function signOf(value: Decimal): number {
  if (value.kind === "finite" && value.coefficient === 0n) return 0;
  return value.isNegative ? -1 : 1;
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.kind !== b.kind) return a.kind === "infinity" ? 1 : -1;
  if (a.kind === "infinity") return 0;
  // The place of the first digit decides without the big powers, where it differs.
  const places = a.coefficient.toString().length + a.exponent - (b.coefficient.toString().length + b.exponent);
  if (places !== 0) return places;
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient;
  const right = shift < 0 ? b.coefficient * 10n ** BigInt(-shift) : b.coefficient;
  return left < right ? -1 : left > right ? 1 : 0;
}

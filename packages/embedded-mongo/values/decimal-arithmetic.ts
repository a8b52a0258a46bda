import { Decimal, decimalNaN } from "./decimal.ts";
import { decimalDigits, digitCount, roundDecimal } from "./round-decimal.ts";

// IEEE 754-2008, section 5.4.1 for the operations, 5.2 for the preferred exponents, 6.1 and 7.2 for infinities and NaN.

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nan" || b.kind === "nan") return decimalNaN;
  if (a.kind === "infinity") return b.kind === "infinity" && a.isNegative !== b.isNegative ? decimalNaN : a;
  if (b.kind === "infinity") return b;
  const exponent = Math.min(a.exponent, b.exponent);
  if (isOutOfReach(a, b)) return nudge(a, b);
  if (isOutOfReach(b, a)) return nudge(b, a);
  const sum = signedAt(a, exponent) + signedAt(b, exponent);
  const isNegative = sum === 0n ? a.isNegative && b.isNegative : sum < 0n;
  return roundDecimal(isNegative, sum < 0n ? -sum : sum, exponent);
}

export const subtractDecimals = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negateDecimal(b));

const negateDecimal = (value: Decimal): Decimal =>
  value.kind === "nan" ? value : new Decimal(value.kind, !value.isNegative, value.coefficient, value.exponent);

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nan" || b.kind === "nan") return decimalNaN;
  const isNegative = a.isNegative !== b.isNegative;
  if (a.kind === "infinity" || b.kind === "infinity") {
    return isZero(a) || isZero(b) ? decimalNaN : new Decimal("infinity", isNegative, 0n, 0);
  }
  return roundDecimal(isNegative, a.coefficient * b.coefficient, a.exponent + b.exponent);
}

/** Zero divided by zero is NaN, anything else divided by it infinite. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nan" || b.kind === "nan") return decimalNaN;
  const isNegative = a.isNegative !== b.isNegative;
  if (a.kind === "infinity") return b.kind === "infinity" ? decimalNaN : new Decimal("infinity", isNegative, 0n, 0);
  if (b.kind === "infinity") return roundDecimal(isNegative, 0n, -10_000);
  if (isZero(b)) return isZero(a) ? decimalNaN : new Decimal("infinity", isNegative, 0n, 0);
  const preferred = a.exponent - b.exponent;
  if (isZero(a)) return roundDecimal(isNegative, 0n, preferred);
  // Two digits more than can be kept, and one for whatever is left, round correctly.
  const shift = Math.max(0, decimalDigits + 2 + digitCount(b.coefficient) - digitCount(a.coefficient));
  const scaled = a.coefficient * 10n ** BigInt(shift);
  const quotient = scaled / b.coefficient;
  if (scaled % b.coefficient !== 0n) return roundDecimal(isNegative, quotient * 10n + 1n, preferred - shift - 1);
  return roundDecimal(isNegative, ...withoutZeros(quotient, preferred - shift, preferred));
}

/** What is left of a division towards zero, with the sign of `a`; NaN for a zero or an infinity that cannot be divided. */
export function remainderDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== "finite" || b.kind === "nan" || isZero(b)) return decimalNaN;
  if (b.kind === "infinity" || isZero(a)) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  const divisor = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  // 10^n modulo the divisor by squaring: a power of thousands of digits is never written out.
  const power = powerModulo(a.exponent - exponent, divisor);
  return roundDecimal(a.isNegative, (a.coefficient * power) % divisor, exponent);
}

/** Zero of any sign and exponent. */
export const isZero = (value: Decimal): boolean => value.kind === "finite" && value.coefficient === 0n;

function powerModulo(exponent: number, modulus: bigint): bigint {
  let [result, base, left] = [1n % modulus, 10n % modulus, exponent];
  while (left > 0) {
    if (left % 2 === 1) result = (result * base) % modulus;
    base = (base * base) % modulus;
    left = Math.floor(left / 2);
  }
  return result;
}

/** Drops zeros at the end until the preferred exponent is reached. */
function withoutZeros(coefficient: bigint, exponent: number, preferred: number): [bigint, number] {
  let [kept, power] = [coefficient, exponent];
  while (power < preferred && kept % 10n === 0n) {
    kept /= 10n;
    power++;
  }
  return [kept, power];
}

function signedAt(value: Decimal, exponent: number): bigint {
  const magnitude = value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return value.isNegative ? -magnitude : magnitude;
}

/** Whether `small` lies so far behind the last digit of `big` that only its being there can matter. */
const isOutOfReach = (big: Decimal, small: Decimal): boolean =>
  !isZero(big) && !isZero(small) && big.exponent - small.exponent > 2 * decimalDigits + 4;

/** `big` with a trace of `small`, which decides the rounding. */
function nudge(big: Decimal, small: Decimal): Decimal {
  const places = decimalDigits + 2;
  const trace = big.isNegative === small.isNegative ? 1n : -1n;
  return roundDecimal(big.isNegative, big.coefficient * 10n ** BigInt(places) + trace, big.exponent - places);
}

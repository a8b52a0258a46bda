import { Decimal } from "./decimal.ts";

/** The digits that a coefficient can have (IEEE 754-2008, table 3.6). */
export const decimalDigits = 34;
const highestExponent = 6111;
const lowestExponent = -6176;

/** `coefficient * 10^exponent` as a decimal of 128 bits: rounded half to even, infinite above the range, subnormal or zero below it. */
export function roundDecimal(
  isNegative: boolean,
  coefficient: bigint,
  exponent: number,
  digits = decimalDigits,
): Decimal {
  let [kept, power] = [coefficient, exponent];
  const excess = Math.max(digitCount(kept) - digits, lowestExponent - power);
  if (excess > 0) {
    kept = divideHalfEven(kept, excess);
    power += excess;
    // 999...9 rounds up to one digit more.
    if (digitCount(kept) > digits) {
      kept /= 10n;
      power++;
    }
  }
  if (power > highestExponent) {
    const room = power - highestExponent;
    if (kept === 0n) power = highestExponent;
    else if (digitCount(kept) + room > decimalDigits) return new Decimal("infinity", isNegative, 0n, 0);
    else {
      kept *= 10n ** BigInt(room);
      power = highestExponent;
    }
  }
  return new Decimal("finite", isNegative, kept, power);
}

/** `coefficient / 10^places`, a half to the even neighbour. */
export function divideHalfEven(coefficient: bigint, places: number): bigint {
  // Behind so many places nothing is left: without the huge power.
  if (places > digitCount(coefficient) + 1) return 0n;
  const divisor = 10n ** BigInt(places);
  const quotient = coefficient / divisor;
  const twice = (coefficient % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** How many decimal digits it has; zero has one. */
export const digitCount = (coefficient: bigint): number => coefficient.toString().length;

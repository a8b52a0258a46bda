import type { NumberValue } from "./compare-numbers.ts";
import { fitsLong, toArithmeticDecimal, toDouble, toInteger, toIntOrLong } from "./convert-numbers.ts";
import { Decimal } from "./decimal.ts";
import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
  remainderDecimals,
  subtractDecimals,
} from "./decimal-arithmetic.ts";
import { Int32, int32 } from "./scalars.ts";

// The type of a result is the widest of its operands' types: int, long, double, decimal (manual, "$add", Behavior). An int that overflows
// becomes a long, a long that overflows a double; $inc refuses the latter: two integers then gave a double.

/** The sum, in the wider of the two types. */
export function add(left: NumberValue, right: NumberValue): NumberValue {
  if (left instanceof Int32 && right instanceof Int32) return narrowest(left.value + right.value);
  if (typeof left === "number" && typeof right === "number") return left + right;
  return combine(
    left,
    right,
    addDecimals,
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

/** The difference, in the wider of the two types. */
export function subtract(left: NumberValue, right: NumberValue): NumberValue {
  if (left instanceof Int32 && right instanceof Int32) return narrowest(left.value - right.value);
  if (typeof left === "number" && typeof right === "number") return left - right;
  return combine(
    left,
    right,
    subtractDecimals,
    (a, b) => a - b,
    (a, b) => a - b,
  );
}

/** The product, in the wider of the two types. */
export function multiply(left: NumberValue, right: NumberValue): NumberValue {
  if (typeof left === "number" && typeof right === "number") return left * right;
  return combine(
    left,
    right,
    multiplyDecimals,
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

/** The quotient: a double, or a decimal when one of the two is a decimal. Division by zero is IEEE's: the caller refuses it. */
export function divide(left: NumberValue, right: NumberValue): NumberValue {
  if (left instanceof Decimal || right instanceof Decimal) {
    return divideDecimals(toArithmeticDecimal(left), toArithmeticDecimal(right));
  }
  return toDouble(left) / toDouble(right);
}

/** What a division towards zero leaves, in the wider of the two types; NaN for a zero divisor, which the caller refuses. */
export function remainder(left: NumberValue, right: NumberValue): NumberValue {
  if (toDouble(right) === 0 && !(left instanceof Decimal || right instanceof Decimal)) return Number.NaN;
  return combine(
    left,
    right,
    remainderDecimals,
    (a, b) => a % b,
    (a, b) => a % b,
  );
}

function combine(
  left: NumberValue,
  right: NumberValue,
  decimals: (a: Decimal, b: Decimal) => Decimal,
  doubles: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): NumberValue {
  if (left instanceof Decimal || right instanceof Decimal) {
    return decimals(toArithmeticDecimal(left), toArithmeticDecimal(right));
  }
  if (typeof left === "number" || typeof right === "number") return doubles(toDouble(left), toDouble(right));
  const result = integers(toInteger(left) ?? 0n, toInteger(right) ?? 0n);
  if (!fitsLong(result)) return doubles(toDouble(left), toDouble(right));
  return left instanceof Int32 && right instanceof Int32 ? toIntOrLong(result) : result;
}

const narrowest = (sum: number): NumberValue => (sum === (sum | 0) ? int32(sum) : BigInt(sum));

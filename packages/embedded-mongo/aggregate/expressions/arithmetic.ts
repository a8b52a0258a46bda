import { MongoError } from "../../errors/mongo-error.ts";
import { divide, multiply, remainder, subtract } from "../../values/arithmetic.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { fitsLong, toDouble, toInteger, toIntOrLong, toTruncated } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { DateValue, Int32, int32 } from "../../values/scalars.ts";
import { binary, untilNull } from "./arguments.ts";
import type { OperatorTable, Result } from "./expression.ts";
import { Sum } from "./sum.ts";
import { isNullish, typeName } from "./values.ts";

// Types of results: manual, "Arithmetic Expression Operators", and the Behavior of each. Codes: TypeMismatch, and numbers where MongoDB has one.

/** `$add`, `$subtract`, `$multiply`, `$divide` and `$mod`. */
export const arithmeticOperators: OperatorTable = {
  $add: untilNull(addAll),
  $subtract: binary(subtractTwo),
  $multiply: untilNull(multiplyAll),
  $divide: binary((left, right) => {
    if (isNullish(left) || isNullish(right)) return null;
    const [a, b] = twoNumbers(left, right, "$divide", "TypeMismatch");
    if (toDouble(b) === 0) throw new MongoError("BadValue", "can't $divide by zero");
    return divide(a, b);
  }),
  $mod: binary((left, right) => {
    if (isNullish(left) || isNullish(right)) return null;
    const [a, b] = twoNumbers(left, right, "$mod", 16611);
    if (toDouble(b) === 0) throw new MongoError(16610, "can't $mod by zero");
    return remainder(a, wholeLike(a, b));
  }),
};

function addAll(values: readonly Result[]): Result {
  const sum = new Sum();
  let date: DateValue | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof DateValue) {
      if (date) throw new MongoError(16612, "only one date allowed in an $add expression");
      date = value;
    } else if (isNumber(value)) sum.add(value);
    else throw new MongoError("TypeMismatch", `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  const total = sum.total();
  return date ? shiftDate(date, typeof total === "number" ? roundedAway(total) : total, 1) : total;
}

function subtractTwo(left: Result, right: Result): Result {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumber(left) && isNumber(right)) return subtract(left, right);
  if (left instanceof DateValue && right instanceof DateValue) return BigInt(left.ms) - BigInt(right.ms);
  if (left instanceof DateValue && isNumber(right)) return shiftDate(left, right, -1);
  throw new MongoError("TypeMismatch", `can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

const roundedAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

/** A whole double divides integers as an integer. */
function wholeLike(a: NumberValue, b: NumberValue): NumberValue {
  if (typeof b !== "number" || typeof a === "number" || a instanceof Decimal) return b;
  const whole = toInteger(b);
  if (whole === undefined || !fitsLong(whole)) return b;
  return a instanceof Int32 ? toIntOrLong(whole) : whole;
}

/** A date some milliseconds later or earlier; fractions are cut off. @throws MongoError Overflow */
function shiftDate(date: DateValue, by: NumberValue, direction: 1 | -1): DateValue {
  const whole = toTruncated(by);
  const ms = whole === undefined ? Number.NaN : date.ms + direction * Number(whole);
  if (!(Math.abs(ms) < 2 ** 63)) throw new MongoError("Overflow", "date overflow in $add");
  return new DateValue(ms);
}

function multiplyAll(values: readonly Result[]): Result {
  let product: NumberValue = int32(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value)) {
      throw new MongoError("TypeMismatch", `$multiply only supports numeric types, not ${typeName(value)}`);
    }
    product = multiply(product, value);
  }
  return product;
}

function twoNumbers(
  left: Result,
  right: Result,
  name: string,
  code: number | "TypeMismatch",
): readonly [NumberValue, NumberValue] {
  if (isNumber(left) && isNumber(right)) return [left, right];
  const types = `${typeName(left)} and ${typeName(right)}`;
  throw new MongoError(code, `${name} only supports numeric types, not ${types}`);
}

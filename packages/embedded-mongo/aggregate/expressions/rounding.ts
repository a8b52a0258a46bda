import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { fitsLong, toArithmeticDecimal, toDouble, toInteger, toIntOrLong } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { divideHalfEven } from "../../values/round-decimal.ts";
import { Int32 } from "../../values/scalars.ts";
import { variadic } from "./arguments.ts";
import type { Operator, OperatorTable } from "./expression.ts";
import { numeric } from "./numeric-operand.ts";
import { asInteger, isNullish, typeName } from "./values.ts";

/** `$abs`, `$ceil`, `$floor`, `$round` and `$trunc`. */
export const roundingOperators: OperatorTable = {
  $abs: numeric(absolute),
  $ceil: numeric((value) => toWhole(value, Math.ceil, (isNegative) => (isNegative ? 0n : 1n))),
  $floor: numeric((value) => toWhole(value, Math.floor, (isNegative) => (isNegative ? 1n : 0n))),
  $round: toPlace(divideHalfEven),
  $trunc: toPlace((coefficient, places) => coefficient / 10n ** BigInt(places)),
};

function absolute(value: NumberValue): NumberValue {
  if (typeof value === "number") return Math.abs(value);
  if (value instanceof Decimal) return new Decimal(value.kind, false, value.coefficient, value.exponent);
  const whole = toInteger(value) ?? 0n;
  if (whole === -(2n ** 63n)) throw new MongoError(28680, "can't take $abs of long long min");
  const result = whole < 0n ? -whole : whole;
  return value instanceof Int32 ? toIntOrLong(result) : result;
}

/** `rest` is what a fraction that was cut off adds to the magnitude. */
function toWhole(
  value: NumberValue,
  ofDouble: (value: number) => number,
  rest: (isNegative: boolean) => bigint,
): NumberValue {
  if (typeof value === "number") return ofDouble(value);
  if (!(value instanceof Decimal)) return value;
  return quantize(value, 0, (coefficient, places) => {
    const power = 10n ** BigInt(places);
    return coefficient / power + (coefficient % power === 0n ? 0n : rest(value.isNegative));
  });
}

type Shorten = (coefficient: bigint, places: number) => bigint;

/** A number with at most `digits` digits behind the point; negative places are before it. */
function quantize(value: Decimal, digits: number, shorten: Shorten): Decimal {
  if (value.kind !== "finite" || value.exponent >= -digits) return value;
  const places = -digits - value.exponent;
  return new Decimal("finite", value.isNegative, shorten(value.coefficient, Math.min(places, 7000)), -digits);
}

function toPlace(shorten: Shorten): Operator {
  return variadic(
    ([value, digits], name) => {
      if (isNullish(value) || (digits !== undefined && isNullish(digits))) return null;
      if (!isNumber(value)) throw new MongoError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
      return roundNumber(value, digits === undefined ? 0 : placesOf(digits, name), shorten);
    },
    1,
    2,
  );
}

function placesOf(value: unknown, name: string): number {
  const places = isNumber(value) ? asInteger(value) : undefined;
  if (places === undefined) throw new MongoError(51082, `precision argument to  ${name} must be a integral value`);
  if (places < -20 || places > 100) {
    throw new MongoError(51083, `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`);
  }
  return places;
}

function roundNumber(value: NumberValue, digits: number, shorten: Shorten): NumberValue {
  if (value instanceof Decimal) return quantize(value, digits, shorten);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return value;
    return toDouble(quantize(toArithmeticDecimal(value), digits, shorten));
  }
  if (digits >= 0) return value;
  const rounded = toInteger(quantize(toArithmeticDecimal(value), digits, shorten)) ?? 0n;
  if (!fitsLong(rounded))
    throw new MongoError(51080, "invalid conversion from Decimal128 result in $round resulting from arguments");
  return value instanceof Int32 ? toIntOrLong(rounded) : rounded;
}

import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { fitsLong, toArithmeticDecimal, toDouble, toInteger, toIntOrLong } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { Int32 } from "../../values/scalars.ts";
import { binary } from "./arguments.ts";
import { applyToDecimal, decimalLogarithm, decimalPower } from "./decimal-functions.ts";
import type { OperatorTable } from "./expression.ts";
import { real } from "./numeric-operand.ts";
import { isNullish, typeName } from "./values.ts";

/** `$exp`, `$ln`, `$log`, `$log10`, `$pow` and `$sqrt`. */
export const powerOperators: OperatorTable = {
  $exp: real(Math.exp, (value) => applyToDecimal(value, "exp")),
  $ln: real(
    (value) => Math.log(positive(value, value, "$ln", 28766)),
    (value) => {
      positive(toDouble(value), value, "$ln", 28766);
      return applyToDecimal(value, "ln");
    },
  ),
  $log10: real(
    (value) => Math.log10(positive(value, value, "$log10", 28761)),
    (value) => {
      positive(toDouble(value), value, "$log10", 28761);
      return decimalLogarithm(value, new Decimal("finite", false, 10n, 0));
    },
  ),
  $sqrt: real(
    (value) => Math.sqrt(notNegative(value)),
    (value) => {
      notNegative(toDouble(value));
      return applyToDecimal(value, "sqrt");
    },
  ),
  $log: binary((value, base) => {
    if (isNullish(value) || isNullish(base)) return null;
    if (!isNumber(value)) throw new MongoError(28756, `$log's argument must be numeric, not ${typeName(value)}`);
    if (!isNumber(base)) throw new MongoError(28757, `$log's base must be numeric, not ${typeName(base)}`);
    positive(toDouble(value), value, "$log", 28758);
    const from = toDouble(base);
    if (from <= 0 || from === 1) {
      throw new MongoError(28759, `$log's base must be a positive number not equal to 1, but is ${from}`);
    }
    if (value instanceof Decimal || base instanceof Decimal) {
      return decimalLogarithm(toArithmeticDecimal(value), toArithmeticDecimal(base));
    }
    return Math.log(toDouble(value)) / Math.log(from);
  }),
  $pow: binary((base, exponent) => {
    if (isNullish(base) || isNullish(exponent)) return null;
    if (!isNumber(base)) throw new MongoError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
    if (!isNumber(exponent)) throw new MongoError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
    return power(base, exponent);
  }),
};

function positive(value: number, shown: NumberValue, name: string, code: number): number {
  if (!(value <= 0)) return value;
  throw new MongoError(code, `${name}'s argument must be a positive number, but is ${show(shown)}`);
}

const show = (value: NumberValue): string => String(value instanceof Decimal ? toDouble(value) : value);

function notNegative(value: number): number {
  if (!(value < 0)) return value;
  throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
}

/** Integers give an integer where there is one that fits 64 bits, else a double. */
function power(base: NumberValue, exponent: NumberValue): NumberValue {
  if (toDouble(base) === 0 && toDouble(exponent) < 0) {
    throw new MongoError(28764, "$pow cannot take a base of 0 and a negative exponent");
  }
  if (base instanceof Decimal || exponent instanceof Decimal) {
    return decimalPower(toArithmeticDecimal(base), toArithmeticDecimal(exponent));
  }
  const whole = typeof base === "number" || typeof exponent === "number" ? undefined : wholePower(base, exponent);
  if (whole === undefined) return toDouble(base) ** toDouble(exponent);
  return base instanceof Int32 && exponent instanceof Int32 ? toIntOrLong(whole) : whole;
}

function wholePower(base: NumberValue, exponent: NumberValue): bigint | undefined {
  const from = toInteger(base) ?? 0n;
  const by = toInteger(exponent) ?? 0n;
  if (from === 1n) return 1n;
  if (from === -1n) return by % 2n === 0n ? 1n : -1n;
  if (from === 0n) return by === 0n ? 1n : 0n;
  if (by < 0n || by > 63n) return undefined;
  const result = from ** by;
  return fitsLong(result) ? result : undefined;
}

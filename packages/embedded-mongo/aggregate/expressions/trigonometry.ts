import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toArithmeticDecimal, toDouble } from "../../values/convert-numbers.ts";
import { Decimal } from "../../values/decimal.ts";
import { divideDecimals, multiplyDecimals } from "../../values/decimal-arithmetic.ts";
import { binary } from "./arguments.ts";
import { applyToDecimal, type DecimalFunction, decimalArcTangent, decimalPi } from "./decimal-functions.ts";
import type { Operator, OperatorTable } from "./expression.ts";
import { real } from "./numeric-operand.ts";
import { isNullish, typeName } from "./values.ts";

const degrees = new Decimal("finite", false, 180n, 0);

/** Sines and what belongs to them; angles are in radians (manual, "Trigonometry Expression Operators"). */
export const trigonometryOperators: OperatorTable = {
  $sin: within("sin", Number.isFinite, "(-inf,inf)"),
  $cos: within("cos", Number.isFinite, "(-inf,inf)"),
  $tan: within("tan", Number.isFinite, "(-inf,inf)"),
  $asin: within("asin", (value) => Math.abs(value) <= 1, "[-1,1]"),
  $acos: within("acos", (value) => Math.abs(value) <= 1, "[-1,1]"),
  $atan: within("atan"),
  $atan2: binary((y, x) => {
    if (isNullish(y) || isNullish(x)) return null;
    if (!isNumber(y)) throw new MongoError(51044, `$atan2 only supports numeric types, not ${typeName(y)}`);
    if (!isNumber(x)) throw new MongoError(51045, `$atan2 only supports numeric types, not ${typeName(x)}`);
    if (y instanceof Decimal || x instanceof Decimal) {
      return decimalArcTangent(toArithmeticDecimal(y), toArithmeticDecimal(x));
    }
    return Math.atan2(toDouble(y), toDouble(x));
  }),
  $sinh: within("sinh"),
  $cosh: within("cosh"),
  $tanh: within("tanh"),
  $asinh: within("asinh"),
  $acosh: within("acosh", (value) => value >= 1, "[1,inf]"),
  $atanh: within("atanh", (value) => Math.abs(value) <= 1, "[-1,1]"),
  $degreesToRadians: real(
    (value) => value * (Math.PI / 180),
    (value) => multiplyDecimals(value, divideDecimals(decimalPi, degrees)),
  ),
  $radiansToDegrees: real(
    (value) => value * (180 / Math.PI),
    (value) => multiplyDecimals(value, divideDecimals(degrees, decimalPi)),
  ),
};

/** @throws MongoError 50989 for a number outside of the function's domain */
function within(name: DecimalFunction & keyof Math, isInside?: (value: number) => boolean, domain = ""): Operator {
  const check = (value: number, operator: string) => {
    if (Number.isNaN(value) || !isInside || isInside(value)) return;
    throw new MongoError(50989, `cannot apply ${operator} to ${shown(value)}, value must be in ${domain}`);
  };
  return real(
    (value, operator) => {
      check(value, operator);
      return Math[name](value);
    },
    (value, operator) => {
      check(toDouble(value), operator);
      return applyToDecimal(value, name);
    },
  );
}

const shown = (value: number): string => (Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf");

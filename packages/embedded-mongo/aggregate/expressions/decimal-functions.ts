import { Decimal as Big } from "decimal.js";
import { Decimal, decimalNaN, formatDecimal, parseDecimal } from "../../values/decimal.ts";

// Six digits more than a decimal has make all but the rarest results correctly rounded.
const Precise = Big.clone({ precision: 40, toExpNeg: -7000, toExpPos: 7000, minE: -7000, maxE: 7000 });

/** A function of real numbers that decimals have, too. */
export type DecimalFunction =
  | "exp"
  | "ln"
  | "sqrt"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh";

/** The function's value with 34 digits. */
export const applyToDecimal = (value: Decimal, name: DecimalFunction): Decimal => fromBig(toBig(value)[name]());

/** The logarithm of `value` to a base. */
export const decimalLogarithm = (value: Decimal, base: Decimal): Decimal => fromBig(toBig(value).log(toBig(base)));

/** `base` to the power of `exponent`. */
export const decimalPower = (base: Decimal, exponent: Decimal): Decimal => fromBig(toBig(base).pow(toBig(exponent)));

/** The angle of the point (x, y). */
export const decimalArcTangent = (y: Decimal, x: Decimal): Decimal => fromBig(Precise.atan2(toBig(y), toBig(x)));

/** Half a turn in radians. */
export const decimalPi: Decimal = fromBig(Precise.acos(-1));

const toBig = (value: Decimal): Big => new Precise(value.kind === "nan" ? Number.NaN : formatDecimal(value));

function fromBig(value: Big): Decimal {
  if (value.isNaN()) return decimalNaN;
  if (!value.isFinite()) return new Decimal("infinity", value.isNegative(), 0n, 0);
  return parseDecimal(value.toString()) ?? decimalNaN;
}

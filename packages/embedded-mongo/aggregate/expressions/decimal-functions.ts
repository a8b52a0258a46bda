import { Decimal as Big } from "decimal.js";
import { Decimal, decimalNaN, formatDecimal, parseDecimal } from "../../values/decimal.ts";
import { decimalDigits, digitCount, roundDecimal } from "../../values/round-decimal.ts";

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
export function applyToDecimal(value: Decimal, name: DecimalFunction): Decimal {
  const big = toBig(value);
  const beyond = growing.has(name) && big.abs().gt(largestExponent) ? limitOf(big, name) : undefined;
  if (beyond) return beyond;
  // The rests of such numbers by a whole turn have no digit that is right.
  const isPeriodic = name === "sin" || name === "cos" || name === "tan";
  if (isPeriodic && big.abs().gt("1e900")) return decimalNaN;
  return fromBig(big[name]());
}

const growing: ReadonlySet<DecimalFunction> = new Set(["exp", "sinh", "cosh", "tanh"]);

// The natural logarithm of the largest decimal is 14149.4.
const largestExponent = 14_200;

/** What a function that grows as powers of e do is for numbers so large. */
function limitOf(value: Big, name: DecimalFunction): Decimal {
  const isNegative = value.isNegative();
  if (name === "tanh") return new Decimal("finite", isNegative, 1n, 0);
  if (name === "exp" && isNegative) return new Decimal("finite", false, 0n, 0);
  return new Decimal("infinity", isNegative && name === "sinh", 0n, 0);
}

/** The logarithm of `value` to a base. */
export const decimalLogarithm = (value: Decimal, base: Decimal): Decimal => fromBig(toBig(value).log(toBig(base)));

/** `base` to the power of `exponent`. */
export function decimalPower(base: Decimal, exponent: Decimal): Decimal {
  const [from, by] = [toBig(base), toBig(exponent)];
  if (from.isZero() || !from.isFinite() || !by.isFinite()) return fromBig(from.pow(by));
  // A power beyond all decimals is not worked out.
  const size = from.abs().ln().mul(by);
  if (size.gt(largestExponent)) return fromBig(new Precise(from.isNegative() && isOdd(by) ? "-Infinity" : "Infinity"));
  return size.lt(-largestExponent) ? new Decimal("finite", false, 0n, 0) : withAllDigits(fromBig(from.pow(by)));
}

const isOdd = (value: Big): boolean => value.mod(2).abs().eq(1);

/** Powers are written with all 34 digits, zeros at the end too. */
function withAllDigits(value: Decimal): Decimal {
  const missing = decimalDigits - digitCount(value.coefficient);
  if (value.kind !== "finite" || missing <= 0 || value.coefficient === 0n) return value;
  return roundDecimal(value.isNegative, value.coefficient * 10n ** BigInt(missing), value.exponent - missing);
}

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

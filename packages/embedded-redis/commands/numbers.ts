import { CommandError, notAFloat, notAnInteger } from "./command-error.ts";

const integerForm = /^(?:0|-?[1-9]\d{0,18})$/;
const floatForm = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf|infinity|0x[\da-f]+)$/i;
/** The bounds of a signed 64-bit integer. */
export const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** A signed 64-bit integer in decimal, as Redis reads it: no blanks, no plus, no zeros before it; undefined for anything else. */
export function readBigInteger(text: string): bigint | undefined {
  if (!integerForm.test(text)) return undefined;
  const value = BigInt(text);
  return value >= int64.min && value <= int64.max ? value : undefined;
}

/**
 * The same as a number; beyond 2^53 the nearest double.
 * @throws CommandError
 */
export function integer(text: string | undefined, problem: () => CommandError = notAnInteger): number {
  if (text === undefined || !integerForm.test(text)) throw problem();
  if (text.length > 15 && readBigInteger(text) === undefined) throw problem();
  return Number(text);
}

/** An integer of at least 0. @throws CommandError with this message otherwise */
export function naturalNumber(
  text: string | undefined,
  message = "ERR value is out of range, must be positive",
): number {
  const value = integer(text, () => new CommandError(message));
  if (value < 0) throw new CommandError(message);
  return value;
}

/** A double as Redis reads it; undefined for NaN and what is none. */
export function readFloat(text: string): number | undefined {
  if (!floatForm.test(text)) return undefined;
  const unsigned = text.replace(/^[+-]/, "").toLowerCase();
  const magnitude = unsigned.startsWith("inf") ? Number.POSITIVE_INFINITY : Number(unsigned);
  return text.startsWith("-") ? -magnitude : magnitude;
}

/** A double. @throws CommandError for NaN and what is none */
export function float(text: string | undefined, problem: () => CommandError = notAFloat): number {
  const value = readFloat(text ?? "");
  if (value === undefined) throw problem();
  return value;
}

/** The sum of two decimals, exact to 17 digits after the point, without zeros at the end, as INCRBYFLOAT gives it. */
export function addDecimals(a: string, b: string): string | undefined {
  const [left, right] = [exactDecimal(a), exactDecimal(b)];
  if (left !== undefined && right !== undefined) return formatScaled(roundToMantissa(left + right));
  const sum = (readFloat(a) ?? Number.NaN) + (readFloat(b) ?? Number.NaN);
  if (!Number.isFinite(sum)) return undefined;
  return Math.abs(sum) < 1e21 ? trimZeros(sum.toFixed(17)) : BigInt(sum).toString();
}

// Digits after the point that are calculated with, and that are written (util.c, ld2string: "%.17Lf").
const scale = 40;
const writtenDigits = 17;

/** The value times 10^40, when it has no more than that after the point and is not huge. */
function exactDecimal(text: string): bigint | undefined {
  const match = /^([+-]?)(\d{0,300})(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = scale - fraction.length + Number(exponent);
  if (shift < 0) return undefined;
  const digits = BigInt(`${whole}${fraction}` || "0") * 10n ** BigInt(shift);
  return roundToMantissa(sign === "-" ? -digits : digits);
}

/** What an 80-bit long double, with its mantissa of 64 bits, keeps of a scaled value: Redis calculates with those. */
function roundToMantissa(value: bigint): bigint {
  const magnitude = value < 0n ? -value : value;
  const unit = 10n ** BigInt(scale);
  const shift = 64n - BigInt((magnitude / unit).toString(2).length);
  const mantissa = shift >= 0n ? divideToNearest(magnitude << shift, unit) : divideToNearest(magnitude, unit << -shift);
  const rounded = shift >= 0n ? divideToNearest(mantissa * unit, 1n << shift) : (mantissa << -shift) * unit;
  return value < 0n ? -rounded : rounded;
}

/** Rounded to the nearest, halves to the even one. */
function divideToNearest(a: bigint, b: bigint): bigint {
  const [whole, rest] = [a / b, 2n * (a % b)];
  return rest > b || (rest === b && whole % 2n === 1n) ? whole + 1n : whole;
}

function formatScaled(value: bigint): string {
  const rounded = divideToNearest(value < 0n ? -value : value, 10n ** BigInt(scale - writtenDigits));
  const digits = rounded.toString().padStart(writtenDigits + 1, "0");
  const text = trimZeros(`${digits.slice(0, -writtenDigits)}.${digits.slice(-writtenDigits)}`);
  return value < 0n && text !== "0" ? `-${text}` : text;
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

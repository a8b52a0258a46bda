import { compareNumbers, type NumberValue, toDecimal } from "../values/compare-numbers.ts";
import { Decimal } from "../values/decimal.ts";
import { Int32 } from "../values/scalars.ts";
import type { KeySink } from "./key-sink.ts";

// What follows the eight bytes of the double.
const exact = 0;
const remainderFollows = 1;
const wholeNumberFollows = 2;

/**
 * Writes a number so that numbers of all four types sort by their exact values and are equal bytes when they are equal: the nearest double towards
 * zero, then, for a 64-bit integer or a decimal that is no double, exactly what is missing.
 */
export function writeNumberKey(sink: KeySink, value: NumberValue): void {
  if (value instanceof Int32) writeDouble(sink, value.value);
  else if (typeof value === "number") writeDouble(sink, value);
  else if (typeof value === "bigint" && BigInt(Number(value)) === value) writeDouble(sink, Number(value));
  else writeDecimal(sink, toDecimal(value));
}

function writeDouble(sink: KeySink, value: number): void {
  const start = sink.length;
  if (Number.isNaN(value)) {
    // Below the bits of minus infinity.
    for (let count = 0; count < 9; count++) sink.byte(0);
    return;
  }
  sink.double(value);
  sink.byte(exact);
  if (value < 0) sink.invert(start + 8);
}

function writeDecimal(sink: KeySink, value: Decimal): void {
  const sign = value.isNegative ? -1 : 1;
  if (value.kind === "finite") writeFinite(sink, value, sign);
  else writeDouble(sink, value.kind === "nan" ? Number.NaN : sign * Number.POSITIVE_INFINITY);
}

function writeFinite(sink: KeySink, value: Decimal, sign: 1 | -1): void {
  const size = new Decimal("finite", false, value.coefficient, value.exponent);
  const double = doubleTowardsZero(size);
  if (compareNumbers(double, size) === 0) {
    writeDouble(sink, sign * double);
    return;
  }
  const start = sink.length;
  sink.double(double);
  if (double === Number.MAX_VALUE) {
    sink.byte(wholeNumberFollows);
    writeDigits(sink, size);
  } else {
    sink.byte(remainderFollows);
    writeDigits(sink, difference(size, toDecimal(double)));
  }
  // The first bit, which a double that is not negative has set, then tells the sign.
  if (sign < 0) sink.invert(start);
}

/** The greatest double that is not above `size`, which is finite and not negative. */
function doubleTowardsZero(size: Decimal): number {
  const near = Number(`${size.coefficient}e${size.exponent}`);
  if (!Number.isFinite(near)) return Number.MAX_VALUE;
  return compareNumbers(near, size) > 0 ? doubleBelow(near) : near;
}

const bits = new DataView(new ArrayBuffer(8));

function doubleBelow(value: number): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) - 1n);
  return bits.getFloat64(0);
}

function difference(greater: Decimal, smaller: Decimal): Decimal {
  const exponent = Math.min(greater.exponent, smaller.exponent);
  const scaled = (value: Decimal) => value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return new Decimal("finite", false, scaled(greater) - scaled(smaller), exponent);
}

/** A positive number: where its first digit stands, then its digits in pairs from 1 to 100, then a zero. */
function writeDigits(sink: KeySink, value: Decimal): void {
  const text = value.coefficient.toString();
  const place = text.length + value.exponent + 0x8000;
  sink.byte(place >> 8);
  sink.byte(place & 0xff);
  const digits = text.replace(/0+$/, "");
  for (let at = 0; at < digits.length; at += 2) sink.byte(Number(digits.slice(at, at + 2).padEnd(2, "0")) + 1);
  sink.byte(0);
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, divide, multiply, remainder, subtract } from "./arithmetic.ts";
import { isNumber, type NumberValue } from "./compare-numbers.ts";
import { toDouble, toInteger, toTruncated } from "./convert-numbers.ts";
import { Decimal, formatDecimal, parseDecimal } from "./decimal.ts";
import { Int32, int32 } from "./scalars.ts";

const decimal = (text: string): Decimal => parseDecimal(text) ?? new Decimal("nan", false, 0n, 0);
const text = (value: NumberValue): string => {
  if (value instanceof Decimal) return `decimal ${formatDecimal(value)}`;
  if (value instanceof Int32) return `int ${value.value}`;
  return `${typeof value === "bigint" ? "long" : "double"} ${value}`;
};

describe("The type of a result is the wider one", () => {
  test.each<readonly [NumberValue, string]>([
    [add(int32(1), int32(2)), "int 3"],
    [add(int32(2147483647), int32(1)), "long 2147483648"],
    [add(int32(1), 2n), "long 3"],
    [add(9223372036854775807n, 1n), "double 9223372036854776000"],
    [add(int32(1), 0.5), "double 1.5"],
    [add(int32(1), decimal("0.5")), "decimal 1.5"],
    [subtract(int32(-2147483648), int32(1)), "long -2147483649"],
    [multiply(int32(65536), int32(65536)), "long 4294967296"],
    [multiply(3n, int32(-2)), "long -6"],
    [divide(int32(6), int32(3)), "double 2"],
    [divide(int32(1), decimal("3")), "decimal 0.3333333333333333333333333333333333"],
    [remainder(int32(-7), int32(3)), "int -1"],
    [remainder(7n, int32(4)), "long 3"],
    [remainder(5.5, 2n), "double 1.5"],
  ])("%#: %s is %s", (value, expected) => expect(text(value)).toBe(expected));
});

describe("Decimals are IEEE 754-2008's", () => {
  test.each<readonly [NumberValue, string]>([
    [add(decimal("0.1"), decimal("0.2")), "0.3"],
    [add(decimal("1.00"), decimal("1")), "2.00"],
    [add(decimal("9999999999999999999999999999999999"), decimal("1")), "1.000000000000000000000000000000000E+34"],
    // A half goes to the even digit.
    [add(decimal("1000000000000000000000000000000000"), decimal("0.5")), "1000000000000000000000000000000000"],
    [add(decimal("1000000000000000000000000000000001"), decimal("0.5")), "1000000000000000000000000000000002"],
    [add(decimal("1"), decimal("1E-6000")), "1.000000000000000000000000000000000"],
    [subtract(decimal("1"), decimal("1E-6000")), "1.000000000000000000000000000000000"],
    [subtract(decimal("Infinity"), decimal("Infinity")), "NaN"],
    [multiply(decimal("1.20"), decimal("3")), "3.60"],
    [multiply(decimal("9E+6144"), decimal("10")), "Infinity"],
    [multiply(decimal("-1E-6176"), decimal("0.1")), "-0E-6176"],
    [divide(decimal("2"), decimal("3")), "0.6666666666666666666666666666666667"],
    [divide(decimal("6"), decimal("2")), "3"],
    [divide(decimal("1"), decimal("32")), "0.03125"],
    [divide(decimal("1"), decimal("0")), "Infinity"],
    [divide(decimal("0"), decimal("0")), "NaN"],
    [remainder(decimal("10"), decimal("-3")), "1"],
    [remainder(decimal("-10.5"), decimal("3")), "-1.5"],
    [remainder(decimal("1E+6000"), decimal("7")), "1"],
    // A double brings 15 digits (manual, "$toDecimal").
    [add(decimal("0"), 2.5), "2.50000000000000"],
    [add(decimal("0"), 0.1), "0.100000000000000"],
  ])("%#", (value, expected) => expect(value instanceof Decimal ? formatDecimal(value) : value).toBe(expected));

  test("sums and products that fit 34 digits are exact", () => {
    const small = fc.tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: -8, max: 8 }));
    const made = ([coefficient, exponent]: readonly [bigint, number]) =>
      new Decimal("finite", coefficient < 0n, coefficient < 0n ? -coefficient : coefficient, exponent);
    const scaled = (value: NumberValue) => {
      if (!(value instanceof Decimal)) throw new Error("no decimal");
      return (value.isNegative ? -value.coefficient : value.coefficient) * 10n ** BigInt(value.exponent + 40);
    };
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(scaled(add(made(a), made(b)))).toBe(scaled(made(a)) + scaled(made(b)));
        expect(scaled(multiply(made(a), made(b))) * 10n ** 40n).toBe(scaled(made(a)) * scaled(made(b)));
        if (b[0] !== 0n) expect(scaled(remainder(made(a), made(b)))).toBe(scaled(made(a)) % scaled(made(b)));
      }),
    );
  });
});

test("numbers convert to integers and doubles by their values", () => {
  expect([1.5, decimal("2.0"), decimal("2.5"), Number.NaN, decimal("1E+3")].map(toInteger)).toEqual([
    undefined,
    2n,
    undefined,
    undefined,
    1000n,
  ]);
  expect([1.9, decimal("-2.7"), Number.POSITIVE_INFINITY, decimal("1E-7")].map(toTruncated)).toEqual([
    1n,
    -2n,
    undefined,
    0n,
  ]);
  expect([decimal("0.1"), decimal("-Infinity"), decimal("1E+400"), 3n].map(toDouble)).toEqual([
    0.1,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    3,
  ]);
  expect(["1", null, undefined].map(isNumber)).toEqual([false, false, false]);
});

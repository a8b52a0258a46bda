import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryValue } from "../testing/arbitrary-documents.ts";
import { valueFromPlain } from "../testing/plain.ts";
import { equalValues } from "../values/compare.ts";
import { parseDecimal } from "../values/decimal.ts";
import { int32 } from "../values/scalars.ts";
import { valueKey } from "./value-key.ts";

test("two values have the same key exactly when they are equal", () => {
  fc.assert(
    fc.property(arbitraryValue, arbitraryValue, (a, b) => {
      const [left, right] = [valueFromPlain(a), valueFromPlain(b)];
      expect(valueKey(left) === valueKey(right)).toBe(equalValues(left, right));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["1", 1],
  ["-0", 0],
  ["2.50", 2.5],
  ["1E+20", 1e20],
  ["18446744073709551616", 2 ** 64],
  ["0.1", undefined],
  ["Infinity", Number.POSITIVE_INFINITY],
])("the decimal %s has the key of the double %d, or of none", (text, double) => {
  const key = valueKey(parseDecimal(text) ?? null);
  expect(key).toBe(double === undefined ? "nd1e-1" : valueKey(double));
  expect(valueKey(int32(1))).toBe(valueKey(1n));
});

test("a decimal that no double is equal to has the key of none", () => {
  expect(valueKey(parseDecimal("1E-7") ?? null)).not.toBe(valueKey(1e-7));
});

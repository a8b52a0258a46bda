import fc from "fast-check";
import { expect, test } from "vitest";
import { compareValues } from "../values/compare.ts";
import type { Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";
import { complement, intersect, union } from "./intervals.ts";
import type { Interval } from "./plan.ts";

const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(int32),
  fc.constantFrom("", "a", "b"),
  fc.boolean(),
  fc.constant(null),
);

const arbitraryInterval: fc.Arbitrary<Interval> = fc
  .tuple(arbitraryValue, arbitraryValue, fc.boolean(), fc.boolean())
  .map(([a, b, isFromIncluded, isToIncluded]) => {
    const [from, to] = compareValues(a, b) <= 0 ? [a, b] : [b, a];
    const isPoint = compareValues(from, to) === 0;
    return { from, to, isFromIncluded: isFromIncluded || isPoint, isToIncluded: isToIncluded || isPoint };
  });

const arbitrarySet = fc.array(arbitraryInterval, { maxLength: 4 }).map(union);

const holds = (set: readonly Interval[], value: Value): boolean =>
  set.some(({ from, to, isFromIncluded, isToIncluded }) => {
    const [low, high] = [compareValues(value, from), compareValues(value, to)];
    return (low > 0 || (low === 0 && isFromIncluded)) && (high < 0 || (high === 0 && isToIncluded));
  });

test("a union holds what one of the intervals holds, in ascending order and apart", () => {
  fc.assert(
    fc.property(fc.array(arbitraryInterval, { maxLength: 4 }), arbitraryValue, (intervals, value) => {
      const joined = union(intervals);
      expect(holds(joined, value)).toBe(holds(intervals, value));
      for (const [at, next] of joined.slice(1).entries()) {
        expect(compareValues(joined[at]?.to ?? null, next.from)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test("an intersection holds what both hold, a complement what is not held", () => {
  fc.assert(
    fc.property(arbitrarySet, arbitrarySet, arbitraryValue, (left, right, value) => {
      expect(holds(intersect(left, right), value)).toBe(holds(left, value) && holds(right, value));
      expect(holds(complement(left), value)).toBe(!holds(left, value));
      expect(complement(complement(left))).toEqual(left);
    }),
  );
});

import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { arbitraryPath } from "./arbitrary-documents.ts";

const path = fc.oneof({ weight: 6, arbitrary: arbitraryPath }, { weight: 1, arbitrary: fc.constantFrom("d", "d.e") });

const leaf = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(1, true) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(0, false) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }).map(($slice) => ({ $slice })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 })).map(($slice) => ({ $slice })),
  },
  { weight: 1, arbitrary: fc.constantFrom({ a: 1 }, { "a.b": 1 }) },
);

// Whether two ways to write one path collide, an oracle does not see.
const isNested = (each: unknown): boolean => typeof each === "object" && each !== null && !("$slice" in each);

/** Projections of `find`, but for `$elemMatch`, on which an oracle was seen to crash; inclusions and exclusions are sometimes mixed, which is an error. */
export const arbitraryProjection: fc.Arbitrary<Plain> = fc
  .uniqueArray(fc.tuple(path, leaf), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .filter(
    (entries) =>
      !entries.some(([name, each]) => isNested(each) && entries.some(([other]) => other.startsWith(`${name}.`))),
  )
  .map((entries) => Object.fromEntries(entries));

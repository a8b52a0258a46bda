import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";

// Few names and few values, so that filters meet documents and numbers of different types are equal.

/** Numbers of all four types. */
const arbitraryNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -3, max: 5 }).map((value) => new BSON.Int32(value)),
  fc.constantFrom(0, 1, -1, 1.5, 2, 5, -0.5, 1e300, 4294967296).map((value) => new BSON.Double(value)),
  fc
    .constantFrom("0", "1", "2", "-3", "9007199254740993", "9223372036854775807")
    .map((text) => BSON.Long.fromString(text)),
  fc.constantFrom("0", "1.0", "-2", "1E+3").map((text) => BSON.Decimal128.fromString(text)),
);

/** Values of all types that hold no other value. */
export const arbitraryScalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: arbitraryNumber },
  { weight: 4, arbitrary: fc.constantFrom("", "a", "b", "ab", "A", "é", "z1") },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 1_700_000_000_000).map((ms) => new Date(ms)) },
  { weight: 1, arbitrary: fc.constantFrom("0", "1").map((digit) => new BSON.ObjectId(digit.repeat(24))) },
  { weight: 1, arbitrary: fc.constantFrom("", "a", "b").map((text) => new BSON.Binary(Buffer.from(text))) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2).map((t) => new BSON.Timestamp({ t, i: 1 })) },
);

const names = ["a", "b", "c"] as const;

/** Values with documents and arrays in them, to a small depth. */
export const arbitraryValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; document: Plain; array: unknown[] }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true, maxDepth: 3 },
      { weight: 5, arbitrary: arbitraryScalar },
      { weight: 2, arbitrary: tie("document") },
      { weight: 2, arbitrary: tie("array") },
    ),
    document: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie("value")), { maxLength: 3, selector: ([name]) => name })
      .map((fields) => Object.fromEntries(fields)),
    array: fc.array(tie("value"), { maxLength: 3 }),
  }),
).value;

/** Documents without `_id`. */
export const arbitraryDocument: fc.Arbitrary<Plain> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), arbitraryValue), { maxLength: 3, selector: ([name]) => name })
  .map((fields) => Object.fromEntries(fields));

/** Dotted paths, with indexes among the names. */
export const arbitraryPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom("a", "b", "0", "1")).map((parts) => parts.join(".")),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.constantFrom("a", "0"), fc.constantFrom("b", "1"))
      .map((parts) => parts.join(".")),
  },
);

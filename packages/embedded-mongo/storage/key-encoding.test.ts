import { anyCharacter } from "@drydock/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBytes, compareValues } from "../values/compare.ts";
import { Decimal, parseDecimal } from "../values/decimal.ts";
import { Document, ScopedCode, type Value } from "../values/document.ts";
import {
  BinaryValue,
  bsonUndefined,
  CodeValue,
  DateValue,
  DbPointerValue,
  int32,
  maxKey,
  minKey,
  ObjectIdValue,
  RegexValue,
  SymbolValue,
  TimestampValue,
} from "../values/scalars.ts";
import { afterPrefix, encodeKeyPart } from "./key-encoding.ts";

const decimals = fc
  .record({
    isNegative: fc.boolean(),
    coefficient: fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }),
    exponent: fc.oneof(fc.integer({ min: -6176, max: 6111 }), fc.integer({ min: -40, max: 10 })),
  })
  .map((parts) => new Decimal("finite", parts.isNegative, parts.coefficient, parts.exponent));

/** Numbers that lie close together although their types differ. */
const closeNumbers = fc.constantFrom<Value>(
  ...["0.1", "-0.1", "9007199254740993", "9007199254740993.0", "9007199254740992.5", "1E+309", "1E-330", "-1E-330"]
    .concat(["1.7976931348623157E+308", "1.7976931348623159E+308", "-1E+6144", "NaN", "Infinity", "-Infinity", "0E-10"])
    .flatMap((text) => [parseDecimal(text) ?? null, Number(text)]),
  9007199254740993n,
  9007199254740992n,
  -9223372036854775808n,
  9223372036854775807n,
  int32(0),
  -0,
);

const numbers = fc.oneof(
  closeNumbers,
  fc.double(),
  fc.integer().map(int32),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  decimals,
  // Decimals beside doubles.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => parseDecimal(String(value)) ?? null),
);

const texts = fc.oneof(
  fc.string({ unit: fc.nat().map(anyCharacter) }),
  fc.string({ unit: fc.constantFrom("\0", "\u0001", "a", "\u{10000}") }),
);
const names = texts.map((text) => text.replaceAll("\0", ""));
const buffers = fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes));
const id = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes));

const scalars: fc.Arbitrary<Value> = fc.oneof(
  numbers,
  texts,
  fc.boolean(),
  fc.constantFrom<Value>(null, minKey, maxKey, bsonUndefined),
  fc.integer().map((ms) => new DateValue(ms)),
  id.map((bytes) => new ObjectIdValue(bytes)),
  fc.tuple(fc.nat(), fc.nat(3)).map(([seconds, increment]) => new TimestampValue(seconds, increment)),
  fc.tuple(fc.nat(3), buffers).map(([subtype, bytes]) => new BinaryValue(subtype, bytes)),
  fc.tuple(names, fc.constantFrom("", "i")).map(([pattern, options]) => new RegexValue(pattern, options)),
  texts.map((text) => new SymbolValue(text)),
  texts.map((text) => new CodeValue(text)),
  fc.tuple(names, id).map(([namespace, pointer]) => new DbPointerValue(namespace, pointer)),
);

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => {
  const document = fc
    .array(fc.tuple(fc.oneof(names, fc.constantFrom("a", "b")), tie("value")), { maxLength: 3 })
    .map((fields) => Document.from(fields));
  return {
    value: fc.oneof(
      { maxDepth: 3 },
      scalars,
      document,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.tuple(texts, document).map(([source, scope]) => new ScopedCode(source, scope)),
    ),
  };
}).value;

const pair = (value: fc.Arbitrary<Value>) => fc.tuple(value, fc.oneof(value, value));

test("keys of values sort as the values do and are equal when they are, in both directions", () => {
  const property = fc.property(fc.oneof(pair(numbers), pair(values), pair(texts)), ([left, right]) => {
    const wanted = Math.sign(compareValues(left, right));
    const [a, b] = [encodeKeyPart(left, 1), encodeKeyPart(right, 1)];
    expect(Math.sign(Buffer.compare(a, b))).toBe(wanted);
    expect(Math.sign(Buffer.compare(encodeKeyPart(right, -1), encodeKeyPart(left, -1)))).toBe(wanted);
    if (wanted !== 0) expect(a.subarray(0, b.length).equals(b)).toBe(false);
  });
  fc.assert(property, { numRuns: 5000 });
});

test("parts one behind the other sort by the first, then by the second", () => {
  const keys = (first: Value, second: Value) => Buffer.concat([encodeKeyPart(first, -1), encodeKeyPart(second, 1)]);
  const property = fc.property(fc.tuple(texts, values), fc.tuple(texts, values), (left, right) => {
    const wanted = compareBytes(right[0], left[0]) || compareValues(left[1], right[1]);
    expect(Math.sign(Buffer.compare(keys(...left), keys(...right)))).toBe(Math.sign(wanted));
  });
  fc.assert(property, { numRuns: 1000 });
});

test("with a collation strings sort by its keys, inside of documents too", () => {
  const strings = { key: (text: string) => text.toLowerCase() };
  const nested = (text: string) => Document.from([["a", text]]);
  expect(encodeKeyPart(nested("X"), 1, strings)).toEqual(encodeKeyPart(nested("x"), 1, strings));
  expect(encodeKeyPart("X", 1)).not.toEqual(encodeKeyPart("x", 1));
});

test("what follows a prefix is the least that no longer begins with it", () => {
  expect(afterPrefix(Buffer.from([1, 2]))).toEqual(Buffer.from([1, 3]));
  expect(afterPrefix(Buffer.from([1, 255, 255]))).toEqual(Buffer.from([2]));
  expect(afterPrefix(Buffer.from([255, 255]))).toBeUndefined();
});

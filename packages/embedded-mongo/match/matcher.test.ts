import { BSON, type Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { fromPlain } from "../testing/plain.ts";
import { Document } from "../values/document.ts";
import { DateValue } from "../values/scalars.ts";
import { compileMatcher } from "./matcher.ts";
import { parseFilter } from "./parse-filter.ts";

const options = { now: new DateValue(0) };
const matcherOf = (filter: Plain) => compileMatcher(parseFilter(fromPlain(filter), options), options);
const matches = (filter: Plain, document: Plain) => matcherOf(filter).matches(fromPlain(document));
const decimal = (text: string) => BSON.Decimal128.fromString(text);

const met: readonly (readonly [string, Plain, Plain])[] = [
  ["null finds a missing field", { a: null }, {}],
  ["null finds null", { a: null }, { a: null }],
  ["null within an array is found", { a: null }, { a: [1, null] }],
  ["a missing field of a document in an array is null", { "a.b": null }, { a: [{ c: 1 }] }],
  ["numbers of different types are equal", { a: 1 }, { a: decimal("1.00") }],
  ["a double and a decimal of the same value are equal", { a: { $in: [1.5] } }, { a: decimal("1.5") }],
  ["a symbol is its text", { a: "x" }, { a: new BSON.BSONSymbol("x") }],
  ["a text is in a list of symbols", { a: { $in: [new BSON.BSONSymbol("x")] } }, { a: "x" }],
  ["NaN equals NaN", { a: Number.NaN }, { a: decimal("NaN") }],
  ["NaN is at most NaN", { a: { $lte: Number.NaN } }, { a: Number.NaN }],
  ["a whole array is equal", { a: [1, 2] }, { a: [1, 2] }],
  ["an array in an array is equal", { a: [1, 2] }, { a: [[1, 2]] }],
  ["an index names an element", { "a.1": 2 }, { a: [1, 2] }],
  ["an index names a field too", { "a.1": 2 }, { a: [{ 1: 2 }] }],
  ["an index enters an array in an array", { "a.0.b": 1 }, { a: [[{ b: 1 }]] }],
  ["everything is above MinKey", { a: { $gt: new BSON.MinKey() } }, {}],
  ["everything is below MaxKey", { a: { $lt: new BSON.MaxKey() } }, { a: "x" }],
  ["a document is equal with its fields in order", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }],
  ["elements may meet two conditions together", { a: { $gt: 4, $lt: 3 } }, { a: [2, 5] }],
  ["a regular expression equals itself", { a: /x/ }, { a: /x/ }],
  ["a regular expression is found in a list", { a: { $in: [/^b/] } }, { a: ["abc", "bcd"] }],
  ["$ne is met by a missing field", { a: { $ne: 1 } }, {}],
  ["$nin is met by a missing field", { a: { $nin: [1] } }, {}],
  ["$all finds several values", { a: { $all: [1, 2] } }, { a: [2, 1] }],
  [
    "$all with $elemMatch",
    { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
    { a: [{ b: 1 }, { b: 2 }] },
  ],
  ["$elemMatch of values", { a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [1, 2] }],
  ["$elemMatch of an array in the array", { a: { $elemMatch: { 0: 5 } } }, { a: [[5]] }],
  ["$type array sees the array", { a: { $type: "array" } }, { a: [] }],
  ["$type sees the elements", { a: { $type: "string" } }, { a: [1, "x"] }],
  ["$mod cuts fractions off", { a: { $mod: [4, 1] } }, { a: 5.9 }],
  ["$mod of a negative number", { a: { $mod: [4, -1] } }, { a: -5 }],
  ["$bitsAllSet of a negative number", { a: { $bitsAllSet: [200] } }, { a: -1 }],
  ["$bitsAnySet of bytes", { a: { $bitsAnySet: [9] } }, { a: new BSON.Binary(Buffer.from([0, 2])) }],
  ["$bitsAllClear by bytes", { a: { $bitsAllClear: new BSON.Binary(Buffer.from([4])) } }, { a: 3 }],
  ["$bitsAnyClear of a long", { a: { $bitsAnyClear: [62] } }, { a: BSON.Long.fromNumber(1) }],
  ["$not of a regular expression", { a: { $not: /x/ } }, {}],
  ["$nor", { $nor: [{ a: 1 }, { b: 1 }] }, { a: 2 }],
  ["a database reference is a value", { a: { $ref: "c", $id: 1 } }, { a: { $ref: "c", $id: 1 } }],
  ["$comment says nothing", { a: 1, $comment: "why" }, { a: 1 }],
];

const unmet: readonly (readonly [string, Plain, Plain])[] = [
  ["the order of fields counts", { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
  ["types do not mix", { a: { $gt: 1 } }, { a: "x" }],
  ["NaN is not below a number", { a: { $lt: 1 } }, { a: Number.NaN }],
  ["a scalar element has no missing field", { "a.b": null }, { a: [1, 2] }],
  ["an array in an array is not entered by a name", { "a.b": 1 }, { a: [[{ b: 1 }]] }],
  ["$elemMatch wants one element for all", { a: { $elemMatch: { $gt: 4, $lt: 3 } } }, { a: [2, 5] }],
  ["$all of nothing", { a: { $all: [] } }, { a: [] }],
  ["fractions have no bits", { a: { $bitsAnySet: [0] } }, { a: decimal("1.5") }],
  ["$size wants an array", { a: { $size: 1 } }, { a: 1 }],
  ["$exists false", { a: { $exists: false } }, { a: null }],
  ["$sampleRate zero", { $sampleRate: 0 }, {}],
];

describe("A filter", () => {
  test.each(met)("matches: %s", (_, filter, document) => expect(matches(filter, document)).toBe(true));
  test.each(unmet)("does not match: %s", (_, filter, document) => expect(matches(filter, document)).toBe(false));

  test("gives the same answer for fields that are decoded already", () => {
    for (const [, filter, document] of [...met, ...unmet]) {
      const read = fromPlain(document);
      const decoded = Document.of(read.fields());
      const both = { ...filter, $and: [{}] };
      expect(matcherOf(both).matches(decoded)).toBe(matcherOf(both).matches(read));
    }
  });

  const positions: readonly (readonly [Plain, Plain, number | undefined])[] = [
    [{ a: 2 }, { a: [1, 2] }, 1],
    [{ "a.b": 2 }, { a: [{ b: 1 }, { b: [1, 2] }] }, 1],
    [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { b: 1, c: 2 }] }, 1],
    [{ b: 1, a: { $gte: 5 } }, { a: [4, 5], b: 1 }, 1],
    [{ "a.0": 1 }, { a: [1] }, undefined],
    [{ b: 1 }, { b: 1, a: [1] }, undefined],
  ];
  test.each(positions)("%j tells which element of %j it matched: %s", (filter, document, index) => {
    expect(matcherOf(filter).position(fromPlain(document))).toBe(index);
  });
});

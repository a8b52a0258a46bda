import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { compileSort } from "../sort/sort-order.ts";
import { fromPlain, toExtendedJson } from "../testing/plain.ts";
import { DateValue } from "../values/scalars.ts";
import { type Collation, parseCollation } from "./collation.ts";

function made(plain: Plain): Collation {
  const collation = parseCollation(fromPlain(plain));
  if (!collation) throw new Error("no collation");
  return collation;
}

const equal: readonly (readonly [Plain, string, string, boolean])[] = [
  [{ locale: "en" }, "a", "A", false],
  [{ locale: "en", strength: 2 }, "a", "A", true],
  [{ locale: "en", strength: 2 }, "a", "á", false],
  [{ locale: "en", strength: 1 }, "a", "Á", true],
  [{ locale: "en", strength: 1, caseLevel: true }, "a", "A", false],
  [{ locale: "en", strength: 1, caseLevel: true }, "a", "á", true],
  [{ locale: "en", numericOrdering: true }, "01", "1", true],
  [{ locale: "en", alternate: "shifted" }, "black-bird", "blackbird", true],
  [{ locale: "en", alternate: "shifted", strength: 4 }, "black-bird", "blackbird", false],
  [{ locale: "da", strength: 1 }, "aa", "å", true],
  [{ locale: "de", strength: 1 }, "straße", "STRASSE", true],
];

const order: readonly (readonly [Plain, readonly string[]])[] = [
  [{ locale: "en" }, ["a", "A", "b", "B"]],
  [{ locale: "en", caseFirst: "upper" }, ["A", "a", "B", "b"]],
  [{ locale: "en", numericOrdering: true }, ["a2", "a10"]],
  [{ locale: "sv" }, ["z", "ö"]],
  [{ locale: "de" }, ["ö", "z"]],
  [{ locale: "de@collation=phonebook" }, ["ad", "ä", "af"]],
];

describe("A collation", () => {
  test.each(equal)("%j: %s and %s are equal: %s", (plain, left, right, isEqual) => {
    const collation = made(plain);
    expect(collation.compare(left, right) === 0).toBe(isEqual);
    if (isEqual) expect(collation.key(left)).toBe(collation.key(right));
  });

  test.each(order)("%j sorts %j", (plain, texts) => {
    expect([...texts].reverse().sort(made(plain).compare)).toEqual(texts);
  });

  test("gives equal keys to all texts that are equal", () => {
    const letters = "aAáÁåæǼøßsSdDđ1١²½  -'éeEłﬁfi\u0301\u0308ⅷⅳ日ω".split("");
    const texts = fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map((parts) => parts.join(""));
    const collations = [
      { locale: "en", strength: 1 },
      { locale: "en", strength: 2, alternate: "shifted" },
      { locale: "de", strength: 1, numericOrdering: true },
      { locale: "sv", strength: 1 },
    ].map(made);
    const check = (left: string, right: string) => {
      for (const { compare, key } of collations) if (compare(left, right) === 0) expect(key(left)).toBe(key(right));
    };
    fc.assert(fc.property(texts, texts, check), { numRuns: 5000 });
    for (const left of letters) for (const right of letters) check(left, right);
  });

  test("is what filters and sorts compare with, but not regular expressions", () => {
    const options = { now: new DateValue(0), collation: made({ locale: "en", strength: 2 }) };
    const matches = (filter: Plain, document: Plain) =>
      compileMatcher(parseFilter(fromPlain(filter), options), options).matches(fromPlain(document));
    expect(matches({ a: "X" }, { a: "x" })).toBe(true);
    expect(matches({ a: "X", b: 1 }, { a: "x", b: 1 })).toBe(true);
    expect(matches({ a: { $in: ["X"] } }, { a: ["x"] })).toBe(true);
    expect(matches({ a: { b: "X" } }, { a: { b: "x" } })).toBe(true);
    expect(matches({ a: { $regex: "X" } }, { a: "x" })).toBe(false);
    expect(
      compileSort(fromPlain({ a: 1 }), options.collation).compare(fromPlain({ a: "B" }), fromPlain({ a: "a" })),
    ).toBeGreaterThan(0);
  });

  test("fills in what is not said, and is none for simple", () => {
    expect(toExtendedJson(made({ locale: "fr", strength: 1 }).specification)).toContain(
      '"strength":{"$numberInt":"1"}',
    );
    expect(parseCollation(fromPlain({ locale: "simple" }))).toBeUndefined();
  });

  test.each<readonly [Plain, string]>([
    [{}, "BSON field 'collation.locale' is missing"],
    [{ locale: "xx-nonsense" }, "Field 'locale' is invalid"],
    [{ locale: "qq" }, "Field 'locale' is invalid"],
    [{ locale: 1 }, "is the wrong type 'int', expected type 'string'"],
    [{ locale: "en", strength: 9 }, "must be an integer 1 through 5"],
    [{ locale: "en", alternate: "x" }, "is not a valid value"],
    [{ locale: "en", foo: 1 }, "BSON field 'collation.foo' is an unknown field."],
    [{ locale: "fr_CA", backwards: true }, "not supported"],
  ])("%j is refused: %s", (plain, message) => expect(() => parseCollation(fromPlain(plain))).toThrow(message));
});

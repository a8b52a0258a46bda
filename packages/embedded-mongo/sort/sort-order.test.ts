import { BSON, type Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { fromPlain } from "../testing/plain.ts";
import { compileSort } from "./sort-order.ts";

/** The documents' places in the order of a sort. */
function sorted(sort: Plain, documents: readonly Plain[]): readonly number[] {
  const order = compileSort(fromPlain(sort));
  const keyed = documents.map((document, index) => ({ index, key: order.key(fromPlain(document)) }));
  return keyed.sort((left, right) => order.compareKeys(left.key, right.key)).map(({ index }) => index);
}

describe("A sort", () => {
  test.each<readonly [string, Plain, readonly Plain[], readonly number[]]>([
    [
      "types have their order",
      { a: 1 },
      [{ a: true }, { a: "x" }, { a: 1 }, {}, { a: new BSON.MinKey() }],
      [4, 3, 2, 1, 0],
    ],
    ["several parts", { a: 1, b: -1 }, [{ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 0 }], [2, 1, 0]],
    ["rising takes the least element", { a: 1 }, [{ a: [5, 1] }, { a: 2 }], [0, 1]],
    ["falling takes the greatest element", { a: -1 }, [{ a: 4 }, { a: [5, 1] }], [1, 0]],
    ["missing is null", { a: 1 }, [{ a: null, b: 1 }, { b: 2 }, { a: 0 }], [0, 1, 2]],
    ["an empty array is below null", { a: 1 }, [{ a: null }, { a: [] }], [1, 0]],
    ["a path goes through arrays", { "a.b": 1 }, [{ a: [{ b: 3 }, { b: 2 }] }, { a: { b: 1 } }], [1, 0]],
    ["an index names an element", { "a.1": 1 }, [{ a: [0, 9] }, { a: [9, 0] }], [1, 0]],
    [
      "parts of one array come from one element",
      { "a.b": 1, "a.c": 1 },
      [
        {
          a: [
            { b: 1, c: 9 },
            { b: 2, c: 0 },
          ],
        },
        { a: { b: 1, c: 5 } },
      ],
      [1, 0],
    ],
    [
      "an array beside a field",
      { a: -1, b: 1 },
      [
        { a: [1, 3], b: 2 },
        { a: 3, b: 1 },
      ],
      [1, 0],
    ],
    [
      "numbers of all types mix",
      { a: 1 },
      [{ a: BSON.Long.fromNumber(2) }, { a: 1.5 }, { a: BSON.Decimal128.fromString("1.7") }],
      [1, 2, 0],
    ],
  ])("%s", (_, sort, documents, expected) => expect(sorted(sort, documents)).toEqual(expected));

  test("by two arrays fails", () => {
    const order = compileSort(fromPlain({ a: 1, b: 1 }));
    expect(() => order.key(fromPlain({ a: [1], b: [2] }))).toThrow("cannot sort with keys that are parallel arrays");
  });

  test("by metadata is from the highest", () => {
    const order = compileSort(fromPlain({ score: { $meta: "textScore" } }), undefined, (document) => document.get("s"));
    expect(order.compare(fromPlain({ s: 2 }), fromPlain({ s: 1 }))).toBeLessThan(0);
  });

  test.each<readonly [Plain, number]>([
    [{ a: 2 }, 15975],
    [{ a: "x" }, 15974],
    [{ $a: 1 }, 16410],
    [{ "": 1 }, 40352],
    [{ a: { $meta: "nonsense" } }, 31138],
    [{ a: { b: 1 } }, 17312],
    [Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`f${index}`, 1])), 2],
  ])("%j is refused with code %i", (sort, code) => {
    expect(() => compileSort(fromPlain(sort))).toThrow(expect.objectContaining({ code }));
  });
});

import type { Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { fromPlain, toExtendedJson } from "../testing/plain.ts";
import type { Value } from "../values/document.ts";
import { DateValue } from "../values/scalars.ts";
import { compileProjection } from "./projection.ts";

const options = {
  now: new DateValue(0),
  // Stands in for the aggregation's compiler: a path to a top-level field, or a value that means itself.
  compileExpression: (expression: Value) => (document: { get(name: string): Value | undefined }) =>
    typeof expression === "string" && expression.startsWith("$") ? document.get(expression.slice(1)) : expression,
};

function project(projection: Plain, document: Plain, filter: Plain = {}): string {
  const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
  const meta = (_: unknown, name: string) => (name === "textScore" ? 1.5 : undefined);
  return toExtendedJson(
    compileProjection(fromPlain(projection), { ...options, matcher, meta }).apply(fromPlain(document)),
  );
}
const json = (plain: Plain) => toExtendedJson(fromPlain(plain));

const full = { _id: 1, a: { b: 1, c: 2 }, list: [{ b: 1 }, { b: 2, c: 3 }, 5], n: 7 };

const cases: readonly (readonly [string, Plain, Plain, Plain, Plain?])[] = [
  ["an inclusion keeps the order of the document", { n: 1, a: 1 }, full, { _id: 1, a: { b: 1, c: 2 }, n: 7 }],
  ["_id can be left out", { n: 1, _id: 0 }, full, { n: 7 }],
  ["_id alone is an inclusion", { _id: 1 }, full, { _id: 1 }],
  ["without _id alone is an exclusion", { _id: 0, n: 0, list: 0 }, full, { a: { b: 1, c: 2 } }],
  [
    "a path goes through arrays, where scalars are left out",
    { "list.b": 1 },
    full,
    { _id: 1, list: [{ b: 1 }, { b: 2 }] },
  ],
  ["an exclusion within arrays keeps scalars", { "list.b": 0, a: 0 }, full, { _id: 1, list: [{}, { c: 3 }, 5], n: 7 }],
  ["a nested form is the same as a path", { a: { b: 1 }, _id: 0 }, full, { a: { b: 1 } }],
  ["$slice alone keeps the others", { list: { $slice: 1 }, a: 0 }, full, { _id: 1, list: [{ b: 1 }], n: 7 }],
  ["$slice from the end", { list: { $slice: [-2, 1] }, n: 1 }, full, { _id: 1, list: [{ b: 2, c: 3 }], n: 7 }],
  [
    "$elemMatch alone leaves the others out",
    { list: { $elemMatch: { b: 2 } } },
    full,
    { _id: 1, list: [{ b: 2, c: 3 }] },
  ],
  ["$elemMatch of values", { list: { $elemMatch: { $gt: 4 } }, n: 1 }, full, { _id: 1, n: 7, list: [5] }],
  ["$elemMatch that finds nothing leaves the field out", { list: { $elemMatch: { b: 9 } } }, full, { _id: 1 }],
  ["$elemMatch of null", { list: { $elemMatch: { $eq: null } } }, { list: [1, null] }, { list: [null] }],
  ["the positional operator", { "list.$": 1 }, full, { _id: 1, list: [{ b: 2, c: 3 }] }, { "list.b": 2 }],
  ["an expression comes last", { x: "$n", a: 1 }, full, { _id: 1, a: { b: 1, c: 2 }, x: 7 }],
  ["a text means itself", { x: "text", _id: 0 }, full, { x: "text" }],
  [
    "a value within documents of an array",
    { "list.x": "$n", _id: 0 },
    { list: [{ b: 1 }], n: 7 },
    { list: [{ x: 7 }] },
  ],
  ["metadata is added", { score: { $meta: "textScore" }, n: 1 }, full, { _id: 1, n: 7, score: 1.5 }],
];

describe("A projection", () => {
  for (const [name, projection, document, expected, filter] of cases) {
    test(name, () => expect(project(projection, document, filter)).toBe(json(expected)));
  }

  test.each<readonly [Plain, number]>([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, "a.b": 1 }, 31249],
    [{ "a.b": 1, a: 1 }, 31250],
    [{ a: {} }, 51270],
    [{ "a.$": 1, "b.$": 1 }, 31276],
    [{ "a.$.b": 1 }, 31394],
    [{ "a.$": 0 }, 31395],
    [{ a: { $elemMatch: 1 } }, 31274],
    [{ "a.b": { $elemMatch: { c: 1 } } }, 31275],
    [{ a: { $meta: "nonsense" } }, 17308],
    [{ a: { $slice: [1, 0] } }, 28724],
    [{ "": 1 }, 40352],
    [{ "a.": 1 }, 40353],
    [{ "a..b": 1 }, 15998],
    [{ $a: 1 }, 16410],
  ])("%j is refused with code %i", (projection, code) => {
    expect(() => compileProjection(fromPlain(projection), options)).toThrow(expect.objectContaining({ code }));
  });

  test("whose filter matched no element fails when it is applied", () => {
    expect(() => project({ "list.$": 1 }, full, { n: 7 })).toThrow("couldn't find a matching element");
  });

  test("tells which fields it needs", () => {
    const needed = (plain: Plain) => compileProjection(fromPlain(plain), options).neededFields;
    expect(needed({ "a.b": 1, n: 1 })).toEqual(new Set(["a", "n", "_id"]));
    expect(needed({ n: 1, _id: 0 })).toEqual(new Set(["n"]));
    expect(needed({ n: 0 })).toBeUndefined();
    expect(needed({ x: "$n" })).toBeUndefined();
  });
});

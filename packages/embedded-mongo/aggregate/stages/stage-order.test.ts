import { expect, test } from "vitest";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { DateValue } from "../../values/scalars.ts";
import { createCompiler } from "../expressions/compile-expression.ts";
import { limitEarly } from "./early-limits.ts";
import { withImpliedFilter } from "./indexable-match.ts";

test.each([
  [
    ["$sort", "$project", "$limit"],
    ["$sort", "$limit", "$project"],
  ],
  [
    ["$set", "$unset", "$skip", "$limit"],
    ["$skip", "$limit", "$set", "$unset"],
  ],
  [
    ["$match", "$unwind", "$limit"],
    ["$match", "$unwind", "$limit"],
  ],
])("the stages %j run as %j", (given, expected) => {
  const stages = given.map((name) => fromPlain({ [name]: 1 }));
  expect(limitEarly(stages).map(({ firstName }) => firstName)).toEqual(expected);
});

test.each([
  [{ $eq: ["$a", 5] }, [{ a: { $eq: 5 } }]],
  [{ $eq: ["$$v", "$a.b"] }, [{ "a.b": { $eq: "x" } }]],
  [
    { $and: [{ $eq: ["$a", 1] }, { $gt: ["$b", 2] }, { $eq: ["$c", { $add: [1, 2] }] }] },
    [{ a: { $eq: 1 } }, { c: { $eq: 3 } }],
  ],
  [{ $eq: ["$a", null] }, []],
  [{ $eq: ["$a", [1]] }, []],
  [{ $eq: ["$a", "$b"] }, []],
  [{ $or: [{ $eq: ["$a", 1] }] }, []],
])("an index is looked for by what the expression %j implies: %j", ($expr, implied) => {
  const compiler = createCompiler({ now: new DateValue(0), constants: new Map([["v", "x"]]) });
  const stage = { $match: { $expr } };
  const expected = implied.length === 0 ? stage : { $match: { $and: [...implied, stage.$match] } };
  expect(toExtendedJson(withImpliedFilter(fromPlain(stage), compiler))).toBe(toExtendedJson(fromPlain(expected)));
});

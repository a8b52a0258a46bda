import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, missing, refused } from "../testing/expression-cases.ts";
import { double } from "../testing/literals.ts";

// A field of the name `then` makes an object look like a promise: those are written as JSON.
const parsed = (json: string): unknown => JSON.parse(json);

const document = {
  i: 7,
  d: double(2.5),
  s: "Hello Wörld",
  n: null,
  a: [1, double(2.5), 3],
  e: [],
  o: { x: 1, y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]] },
  b: true,
  z: 0,
};

const cases: readonly ExpressionCase[] = [
  [{ $literal: "$i" }, "$i"],
  [{ $literal: { $add: [1, 2] } }, { $add: [1, 2] }],
  [{ $cond: ["$b", 1, 2] }, 1],
  [parsed('{"$cond":{"if":"$z","then":1,"else":"no"}}'), "no"],
  [{ $cond: [1, 2] }, refused(16020)],
  [parsed('{"$cond":{"if":1,"then":2}}'), refused(17082)],
  [parsed('{"$cond":{"if":1,"then":2,"else":3,"foo":1}}'), refused(17083)],
  [{ $ifNull: ["$n", "$missing", "d"] }, "d"],
  [{ $ifNull: ["$n"] }, refused(1257300)],
  [{ $ifNull: ["$n", "$missing"] }, missing],
  [{ $ifNull: "$n" }, refused(1257300)],
  [parsed('{"$switch":{"branches":[{"case":"$z","then":1},{"case":"$b","then":2}],"default":3}}'), 2],
  [parsed('{"$switch":{"branches":[{"case":false,"then":1}]}}'), refused(40066)],
  [{ $switch: { branches: [] } }, refused(40068)],
  [{ $switch: { branches: "x" } }, refused(40061)],
  [{ $switch: { branches: [{ case: 1 }] } }, refused(40065)],
  [parsed('{"$switch":{"branches":[{"then":1}]}}'), refused(40064)],
  [parsed('{"$switch":{"branches":[{"case":1,"then":1,"x":1}]}}'), refused(40063)],
  [{ $switch: { branches: [1] } }, refused(40062)],
  [{ $switch: { default: 1 } }, refused(40068)],
  [parsed('{"$switch":{"branches":[{"case":false,"then":1}],"default":"d","z":1}}'), refused(40067)],
  [{ $switch: 1 }, refused(40060)],
  [{ $let: { vars: { a: 1, b: "$i" }, in: { $add: ["$$a", "$$b"] } } }, 8],
  [{ $let: { vars: { A: 1 }, in: 1 } }, refused(9)],
  [{ $let: { in: 1 } }, refused(16876)],
  [{ $let: { vars: { a: 1 }, in: 1, x: 1 } }, refused(16875)],
  [{ $let: { vars: 1, in: 1 } }, refused(10065)],
  [{ $let: 1 }, refused(16874)],
  [{ $let: { vars: { CURRENT: "$o" }, in: "$x" } }, 1],
  [{ $let: { vars: { ROOT: "$o" }, in: "$x" } }, refused(9)],
  [{ $let: { vars: { a: 1 }, in: { $let: { vars: { a: 2, b: "$$a" }, in: ["$$a", "$$b"] } } } }, [2, 1]],
  [{ $and: [] }, true],
  [{ $or: [] }, false],
  [{ $and: [1, "$z"] }, false],
  [{ $or: ["$z", "$n"] }, false],
  [{ $and: "$b" }, true],
  [{ $not: [1, 2] }, refused(16020)],
  [{ $not: [] }, refused(16020)],
  [{ $not: "$missing" }, true],
  [{ $not: ["$z"] }, true],
  [{ $cmp: ["$i", "$d"] }, 1],
  [{ $cmp: ["$s", "$i"] }, 1],
  [{ $eq: ["$missing", null] }, false],
  [{ $eq: ["$missing", "$missing2"] }, true],
  [{ $lt: ["$missing", null] }, true],
  [{ $gt: ["$n", "$missing"] }, true],
  [{ $lte: ["$a", "$e"] }, false],
  [{ $gte: ["$o", { x: 1 }] }, true],
  [{ $ne: ["$i", double(7)] }, false],
  [{ $eq: [1] }, refused(16020)],
  [{ $cmp: [1, 2, 3] }, refused(16020)],
  [{ $cmp: ["$missing", null] }, -1],
];

test("conditions, comparisons and variables agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});

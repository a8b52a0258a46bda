import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { arbitraryScalar } from "../../testing/arbitrary-documents.ts";

const paths = fc.constantFrom("$a", "$b", "$c", "$a.b", "$b.a", "$c.a.b", "$$ROOT.a");
const unary = [
  "$not",
  "$type",
  "$isArray",
  "$isNumber",
  "$size",
  "$first",
  "$last",
  "$reverseArray",
  "$toBool",
  "$abs",
  "$ceil",
  "$objectToArray",
];
const binary = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$cmp",
  "$add",
  "$subtract",
  "$multiply",
  "$in",
  "$arrayElemAt",
  "$setDifference",
  "$setIsSubset",
];
const several = ["$and", "$or", "$concatArrays", "$ifNull", "$mergeObjects", "$setUnion", "$setIntersection"];

/** Aggregation expressions, most of which are about fields `a`, `b` and `c`. */
const arbitraryExpression: fc.Arbitrary<unknown> = fc.letrec<{ expression: unknown }>((tie) => {
  const inner = tie("expression");
  const operator = (names: readonly string[], argument: fc.Arbitrary<unknown>) =>
    fc.tuple(fc.constantFrom(...names), argument).map(([name, value]): Plain => ({ [name]: value }));
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true, maxDepth: 3 },
      { weight: 5, arbitrary: paths },
      { weight: 2, arbitrary: arbitraryScalar.map(($literal) => ({ $literal })) },
      { weight: 2, arbitrary: operator(unary, fc.tuple(inner)) },
      { weight: 4, arbitrary: operator(binary, fc.tuple(inner, inner)) },
      { weight: 2, arbitrary: operator(several, fc.array(inner, { minLength: 2, maxLength: 3 })) },
      { weight: 1, arbitrary: operator(["$cond"], fc.tuple(inner, inner, inner)) },
      { weight: 1, arbitrary: fc.record({ input: paths, in: inner }).map(($map) => ({ $map })) },
      { weight: 1, arbitrary: fc.record({ input: paths, cond: inner }).map(($filter) => ({ $filter })) },
      { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
      { weight: 1, arbitrary: fc.record({ p: inner, q: inner }) },
    ),
  };
}).expression;

const dotted = fc.constantFrom("a", "b", "c", "a.b", "b.a");

const choosing: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 2, arbitrary: dotted.map((name) => ({ $project: { [name]: 1 } })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ path: fc.constantFrom("$a", "$b", "$c"), preserveNullAndEmptyArrays: fc.boolean() })
      .map(($unwind) => ({ $unwind })),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 3).map(($limit) => ({ $limit })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(dotted, fc.constantFrom(1, -1))
      .map(([name, direction]) => ({ $sort: { [name]: direction, _id: 1 } })),
  },
);

// One such stage a pipeline: servers differ in what they work out when a later stage drops it.
const computing: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ x: arbitraryExpression, y: arbitraryExpression }).map(($project) => ({ $project })),
  },
  { weight: 2, arbitrary: arbitraryExpression.map((x) => ({ $addFields: { x } })) },
  { weight: 1, arbitrary: arbitraryExpression.map((value) => ({ $match: { $expr: { $gte: [value, "$a"] } } })) },
);

// Not the least and the greatest: of numbers that are equal, servers differ in which type they keep.
const accumulated = fc.tuple(fc.constantFrom("$sum", "$push"), paths).map(([name, path]): Plain => ({ [name]: path }));

// A missing key is null to MongoDB, and not to every server.
const grouping = fc
  .record({ _id: paths.map((path) => ({ $ifNull: [path, null] })), p: accumulated, q: accumulated })
  .map(($group): Plain[] => [{ $sort: { _id: 1 } }, { $group }]);

/** Pipelines of one to three stages; groups come in no order. */
export const arbitraryPipeline: fc.Arbitrary<Plain[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.array(choosing, { maxLength: 2 }), computing).map(([stages, last]) => [...stages, last]),
  },
  { weight: 1, arbitrary: grouping },
);

import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, refused } from "../testing/expression-cases.ts";
import { decimal, double, long } from "../testing/literals.ts";

const document = {
  i: 7,
  d: double(2.5),
  m: decimal("1.10"),
  s: "Hello Wörld",
  n: null,
  a: [1, double(2.5), 3],
  neg: -3,
  mixed: [3, "a", null, { q: 1 }, [1], 3, long("3")],
  kv: [
    { k: "a", v: 1 },
    { k: "b", v: 2 },
  ],
};

const cases: readonly ExpressionCase[] = [
  [{ $bitAnd: ["$i", 3] }, 3],
  [{ $bitOr: ["$i", long("8")] }, long("15")],
  [{ $bitXor: ["$i", "$neg"] }, -6],
  [{ $bitAnd: [] }, -1],
  [{ $bitOr: [] }, 0],
  [{ $bitAnd: ["$d", 1] }, refused(14)],
  [{ $bitAnd: ["$n", 1] }, null],
  [{ $bitAnd: "$i" }, 7],
  [{ $bitNot: ["$i"] }, -8],
  [{ $bitAnd: ["$n", "$s"] }, null],
  [{ $round: ["$d", 0] }, double(2)],
  [{ $round: [double(1234.5678), 2] }, double(1234.57)],
  [{ $round: [double(1234.5678), -2] }, double(1200)],
  [{ $round: [1250, -2] }, 1200],
  [{ $round: [1350, -2] }, 1400],
  [{ $round: ["$m", 1] }, decimal("1.1")],
  [{ $round: ["$d", 101] }, refused(51083)],
  [{ $round: ["$d", double(1.5)] }, refused(51082)],
  [{ $round: ["$d", null] }, null],
  [{ $round: ["$s", 1] }, refused(51081)],
  [{ $trunc: [double(-19.9), 0] }, double(-19)],
  [{ $trunc: [double(1234.5678), 2] }, double(1234.56)],
  [{ $trunc: [1999, -3] }, 1000],
  [{ $round: [long("9223372036854775807"), -1] }, refused(51080)],
  [{ $round: [2147483647, -1] }, long("2147483650")],
  [{ $round: [double(0.15), 1] }, double(0.2)],
  [{ $round: [double(2.675), 2] }, double(2.68)],
  [{ $round: [] }, refused(28667)],
  [{ $round: [1, 2, 3] }, refused(28667)],
  [{ $trunc: [decimal("-1.239"), 2] }, decimal("-1.23")],
  [{ $round: [15, -1] }, 20],
  [{ $round: [25, -1] }, 20],
  [{ $round: [double(-0.4)] }, double(-0)],
  [{ $ceil: [double(-0.5)] }, double(-0)],
  [{ $sum: ["$a", "$i"] }, 7],
  [{ $sum: ["$a"] }, double(6.5)],
  [{ $sum: "$kv.v" }, 3],
  [{ $sum: ["$i", "$s", "$d"] }, double(9.5)],
  [{ $avg: ["$i", "$d", "$s"] }, double(4.75)],
  [{ $avg: ["$s"] }, null],
  [{ $max: ["$a", 9] }, [1, double(2.5), 3]],
  [{ $max: "$mixed" }, [1]],
  [{ $min: "$mixed" }, 3],
  [{ $min: ["$n", 3] }, 3],
  [{ $max: [] }, null],
  [{ $sum: [2147483647, 1] }, long("2147483648")],
  [{ $sum: [long("9223372036854775807"), 1] }, double(9223372036854776000)],
];

test("rounding, bits and sums agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});

import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, missing, refused } from "../testing/expression-cases.ts";

const document = {
  s: "Hello Wörld",
  n: null,
  o: { x: 1, y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]] },
  kv: [
    { k: "a", v: 1 },
    { k: "b", v: 2 },
  ],
  pairs: [
    ["p", 1],
    ["q", 2],
  ],
};

const cases: readonly ExpressionCase[] = [
  [{ $arrayToObject: ["$kv"] }, { a: 1, b: 2 }],
  [{ $arrayToObject: "$pairs" }, { p: 1, q: 2 }],
  [
    {
      $arrayToObject: [
        [
          ["a", 1],
          ["a", 2],
        ],
      ],
    },
    { a: 2 },
  ],
  [{ $arrayToObject: [[{ k: "a" }]] }, refused(40392)],
  [{ $arrayToObject: [[{ k: 1, v: 2 }]] }, refused(40394)],
  [{ $arrayToObject: [[["a"]]] }, refused(40397)],
  [{ $arrayToObject: [[[1, 2]]] }, refused(40395)],
  [{ $arrayToObject: [[["a", 1], { k: "b", v: 1 }]] }, refused(40396)],
  [{ $arrayToObject: [[{ k: "b", v: 1 }, ["a", 1]]] }, refused(40391)],
  [{ $arrayToObject: [[1]] }, refused(40398)],
  [{ $arrayToObject: "$s" }, refused(40386)],
  [{ $arrayToObject: [[]] }, {}],
  [{ $mergeObjects: ["$o", { x: 5, n: 1 }] }, { x: 5, y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]], n: 1 }],
  [{ $mergeObjects: ["$o", null] }, { x: 1, y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]] }],
  [{ $mergeObjects: ["$o", "$s"] }, refused(40400)],
  [{ $mergeObjects: "$kv" }, refused(40400)],
  [{ $getField: "i" }, missing],
  [{ $getField: { field: "x", input: "$o" } }, 1],
  [{ $getField: { field: "q", input: "$o" } }, [[{ z: 1 }]]],
  [{ $getField: { field: "x", input: "$s" } }, missing],
  [{ $getField: { field: "x", input: null } }, null],
  [{ $getField: { field: "nope", input: "$o" } }, missing],
  [{ $getField: { field: 1, input: "$o" } }, refused(3041704)],
  [{ $getField: { input: "$o" } }, refused(3041702)],
  [{ $getField: { field: { $concat: ["x", ""] }, input: "$o" } }, 1],
  [{ $getField: { field: "$s", input: "$o" } }, missing],
  [{ $getField: { $literal: "$x" } }, missing],
  [
    { $setField: { field: "a.b", input: "$o", value: 1 } },
    { x: 1, y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]], "a.b": 1 },
  ],
  [
    { $setField: { field: "x", input: "$o", value: "$$REMOVE" } },
    { y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]] },
  ],
  [{ $setField: { field: "x", input: "$n", value: 1 } }, null],
  [{ $setField: { field: "x", input: "$s", value: 1 } }, refused(4161105)],
  [{ $setField: { field: "$s", input: "$o", value: 1 } }, refused(4161108)],
  [{ $setField: { field: 1, input: "$o", value: 1 } }, refused(4161107)],
  [{ $setField: { field: "x", input: "$o" } }, refused(4161103)],
  [{ $unsetField: { field: "x", input: "$o" } }, { y: [{ z: 1 }, { z: 2 }, 5, { w: 1 }], q: [[{ z: 1 }]] }],
  [{ $unsetField: { field: "x" } }, refused(4161109)],
];

test("operators on documents agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});

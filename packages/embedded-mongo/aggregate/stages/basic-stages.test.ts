import { expect, test } from "vitest";
import { double, long } from "../testing/literals.ts";
import { expectedResults, type PipelineCase, resultsOf } from "../testing/pipeline-cases.ts";

const collections = {
  c: [
    { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
    { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
    { _id: 4, v: "x", o: 5, k: null, a: null },
  ],
};

const cases: readonly PipelineCase[] = [
  [[{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: "$o" } }], [{ x: 1 }]],
  [
    [{ $match: { v: { $gt: 1 } } }],
    [
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
    ],
  ],
  [
    [{ $match: { $expr: { $gt: ["$v", 1] } } }],
    [
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [[{ $match: 5 }], 15959],
  [[{ $match: { $where: "1" } }], 2],
  [
    [{ $limit: 2 }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    ],
  ],
  [[{ $limit: 0 }], 15958],
  [[{ $limit: -1 }], 5107201],
  [[{ $limit: "x" }], 5107201],
  [[{ $limit: double(1.5) }], 5107201],
  [
    [{ $skip: 2 }],
    [
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [[{ $skip: -1 }], 5107200],
  [[{ $skip: "x" }], 5107200],
  [[{ $skip: 100 }], []],
  [[{ $count: "n" }], [{ n: 4 }]],
  [[{ $count: "$n" }], 40158],
  [[{ $count: "a.b" }], 40160],
  [[{ $count: 1 }], 40156],
  [
    [{ $sort: { v: 1, _id: 1 } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $sort: { v: -1, _id: 1 } }],
    [
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
    ],
  ],
  [
    [{ $sort: { a: 1, _id: 1 } }],
    [
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
    ],
  ],
  [
    [{ $sort: { a: -1, _id: -1 } }],
    [
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    ],
  ],
  [
    [{ $sort: { "o.x": 1, _id: 1 } }],
    [
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
    ],
  ],
  [[{ $sort: {} }], 15976],
  [
    [{ $sort: { v: 1, _id: 1 } }, { $limit: 2 }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    ],
  ],
  [
    [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }],
    [
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    ],
  ],
  [
    [{ $sort: { g: 1, _id: -1 } }],
    [
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
    ],
  ],
  [
    [{ $unwind: "$a" }],
    [
      { _id: 1, g: "a", v: 1, a: 1, o: { x: 1 }, k: 10 },
      { _id: 1, g: "a", v: 1, a: 2, o: { x: 1 }, k: 10 },
      { _id: 3, g: "a", v: long("3"), a: { z: 1 }, o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 3, g: "a", v: long("3"), a: { z: 2, w: 3 }, o: [{ x: 1 }, { x: 2, y: 3 }] },
    ],
  ],
  [
    [{ $unwind: { path: "$a", preserveNullAndEmptyArrays: true } }],
    [
      { _id: 1, g: "a", v: 1, a: 1, o: { x: 1 }, k: 10 },
      { _id: 1, g: "a", v: 1, a: 2, o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: { z: 1 }, o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 3, g: "a", v: long("3"), a: { z: 2, w: 3 }, o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $unwind: { path: "$a", includeArrayIndex: "i" } }],
    [
      { _id: 1, g: "a", v: 1, a: 1, o: { x: 1 }, k: 10, i: long("0") },
      { _id: 1, g: "a", v: 1, a: 2, o: { x: 1 }, k: 10, i: long("1") },
      { _id: 3, g: "a", v: long("3"), a: { z: 1 }, o: [{ x: 1 }, { x: 2, y: 3 }], i: long("0") },
      { _id: 3, g: "a", v: long("3"), a: { z: 2, w: 3 }, o: [{ x: 1 }, { x: 2, y: 3 }], i: long("1") },
    ],
  ],
  [
    [{ $unwind: { path: "$a", includeArrayIndex: "i", preserveNullAndEmptyArrays: true } }],
    [
      { _id: 1, g: "a", v: 1, a: 1, o: { x: 1 }, k: 10, i: long("0") },
      { _id: 1, g: "a", v: 1, a: 2, o: { x: 1 }, k: 10, i: long("1") },
      { _id: 2, g: "b", v: double(2.5), k: [10, 20], i: null },
      { _id: 3, g: "a", v: long("3"), a: { z: 1 }, o: [{ x: 1 }, { x: 2, y: 3 }], i: long("0") },
      { _id: 3, g: "a", v: long("3"), a: { z: 2, w: 3 }, o: [{ x: 1 }, { x: 2, y: 3 }], i: long("1") },
      { _id: 4, v: "x", o: 5, k: null, a: null, i: null },
    ],
  ],
  [[{ $unwind: "a" }], 28818],
  [[{ $unwind: 1 }], 15981],
  [[{ $unwind: {} }], 28812],
  [[{ $unwind: { path: "$a", x: 1 } }], 28811],
  [[{ $unwind: { path: 1 } }], 28808],
  [[{ $unwind: { path: "$a", includeArrayIndex: "$i" } }], 28822],
  [[{ $unwind: { path: "$a", includeArrayIndex: 1 } }], 28810],
  [[{ $unwind: { path: "$a", preserveNullAndEmptyArrays: 1 } }], 28809],
  [[{ $unwind: "$o.x" }], [{ _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 }]],
  [
    [{ $unwind: "$v" }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $group: { _id: "$g", n: { $sum: 1 }, s: { $sum: "$v" } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 1, s: 0 },
      { _id: "a", n: 2, s: long("4") },
      { _id: "b", n: 1, s: double(2.5) },
    ],
  ],
  [
    [{ $group: { _id: "$g", m: { $mergeObjects: { a: "$v" } } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, m: { a: "x" } },
      { _id: "a", m: { a: long("3") } },
      { _id: "b", m: { a: double(2.5) } },
    ],
  ],
  [
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          f: { $firstN: { n: 2, input: "$v" } },
          l: { $lastN: { n: 2, input: "$g" } },
          mn: { $minN: { n: 2, input: "$v" } },
          mx: { $maxN: { n: 2, input: "$v" } },
        },
      },
    ],
    [{ _id: null, f: [1, double(2.5)], l: ["a", null], mn: [1, double(2.5)], mx: ["x", long("3")] }],
  ],
  [
    [
      { $group: { _id: "$g", s: { $sum: "$v" }, f: { $first: "$nope" }, mn: { $min: "$nope" } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: null, s: 0, f: null, mn: null },
      { _id: "a", s: long("4"), f: null, mn: null },
      { _id: "b", s: double(2.5), f: null, mn: null },
    ],
  ],
];

test("stages that filter, order, page and unwind agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

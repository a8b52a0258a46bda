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
  [
    [{ $project: { v: 1 } }],
    [
      { _id: 1, v: 1 },
      { _id: 2, v: double(2.5) },
      { _id: 3, v: long("3") },
      { _id: 4, v: "x" },
    ],
  ],
  [
    [{ $project: { v: 0 } }],
    [
      { _id: 1, g: "a", a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", a: [], k: [10, 20] },
      { _id: 3, g: "a", a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, o: 5, k: null, a: null },
    ],
  ],
  [[{ $project: { _id: 0, "o.x": 1 } }], [{ o: { x: 1 } }, {}, { o: [{ x: 1 }, { x: 2 }] }, {}]],
  [
    [{ $project: { "o.x": 0 } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: {}, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{}, { y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $project: { o: { x: 1 }, z: { $add: [1, 2] } } }],
    [
      { _id: 1, o: { x: 1 }, z: 3 },
      { _id: 2, z: 3 },
      { _id: 3, o: [{ x: 1 }, { x: 2 }], z: 3 },
      { _id: 4, z: 3 },
    ],
  ],
  [
    [{ $project: { "o.n": "$v" } }],
    [
      { _id: 1, o: { n: 1 } },
      { _id: 2, o: { n: double(2.5) } },
      { _id: 3, o: [{ n: long("3") }, { n: long("3") }] },
      { _id: 4, o: { n: "x" } },
    ],
  ],
  [
    [{ $project: { "a.z": 1 } }],
    [{ _id: 1, a: [] }, { _id: 2, a: [] }, { _id: 3, a: [{ z: 1 }, { z: 2 }] }, { _id: 4 }],
  ],
  [
    [{ $project: { "a.z": 0 } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{}, { w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $project: { "a.n": "$_id" } }],
    [
      { _id: 1, a: [{ n: 1 }, { n: 1 }] },
      { _id: 2, a: [] },
      { _id: 3, a: [{ n: 3 }, { n: 3 }] },
      { _id: 4, a: { n: 4 } },
    ],
  ],
  [
    [{ $project: { _id: "$v", g: 1 } }],
    [{ _id: 1, g: "a" }, { _id: double(2.5), g: "b" }, { _id: long("3"), g: "a" }, { _id: "x" }],
  ],
  [
    [{ $project: { x: [1, "$v", "$nope"] } }],
    [
      { _id: 1, x: [1, 1, null] },
      { _id: 2, x: [1, double(2.5), null] },
      { _id: 3, x: [1, long("3"), null] },
      { _id: 4, x: [1, "x", null] },
    ],
  ],
  [
    [{ $project: { x: { y: "$v", z: "$nope" } } }],
    [
      { _id: 1, x: { y: 1 } },
      { _id: 2, x: { y: double(2.5) } },
      { _id: 3, x: { y: long("3") } },
      { _id: 4, x: { y: "x" } },
    ],
  ],
  [[{ $project: { v: 1, g: 0 } }], 31254],
  [
    [{ $project: { v: 0, _id: 1 } }],
    [
      { _id: 1, g: "a", a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", a: [], k: [10, 20] },
      { _id: 3, g: "a", a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $project: { _id: 0 } }],
    [
      { g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { g: "b", v: double(2.5), a: [], k: [10, 20] },
      { g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { v: "x", o: 5, k: null, a: null },
    ],
  ],
  [[{ $project: { _id: 1 } }], [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 4 }]],
  [
    [{ $project: { _id: 0, v: 0 } }],
    [
      { g: "a", a: [1, 2], o: { x: 1 }, k: 10 },
      { g: "b", a: [], k: [10, 20] },
      { g: "a", a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { o: 5, k: null, a: null },
    ],
  ],
  [[{ $project: { "a.b": 1, a: 1 } }], 31250],
  [[{ $project: { a: 1, "a.b": 1 } }], 31249],
  [[{ $project: { $v: 1 } }], 16410],
  [[{ $project: { v: "$$REMOVE" } }], [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 4 }]],
  [
    [{ $project: { v: { $literal: 1 } } }],
    [
      { _id: 1, v: 1 },
      { _id: 2, v: 1 },
      { _id: 3, v: 1 },
      { _id: 4, v: 1 },
    ],
  ],
  [
    [{ $project: { v: "text" } }],
    [
      { _id: 1, v: "text" },
      { _id: 2, v: "text" },
      { _id: 3, v: "text" },
      { _id: 4, v: "text" },
    ],
  ],
  [
    [{ $project: { o: { x: 0 } } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: {}, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{}, { y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [
    [{ $project: { v: true, n: { $cond: [1, 2, 3] } } }],
    [
      { _id: 1, v: 1, n: 2 },
      { _id: 2, v: double(2.5), n: 2 },
      { _id: 3, v: long("3"), n: 2 },
      { _id: 4, v: "x", n: 2 },
    ],
  ],
  [[{ $project: { "_id.x": 1 } }], [{}, {}, {}, {}]],
  [
    [{ $project: { v: null } }],
    [
      { _id: 1, v: null },
      { _id: 2, v: null },
      { _id: 3, v: null },
      { _id: 4, v: null },
    ],
  ],
  [[{ $project: { v: { $add: [1] }, "v.x": 1 } }], 31249],
  [
    [{ $project: { "o.x": 1, "o.y": 1 } }],
    [{ _id: 1, o: { x: 1 } }, { _id: 2 }, { _id: 3, o: [{ x: 1 }, { x: 2, y: 3 }] }, { _id: 4 }],
  ],
  [
    [{ $project: { o: { x: 1, y: { $literal: 9 } } } }],
    [
      { _id: 1, o: { x: 1, y: 9 } },
      { _id: 2, o: { y: 9 } },
      {
        _id: 3,
        o: [
          { x: 1, y: 9 },
          { x: 2, y: 9 },
        ],
      },
      { _id: 4, o: { y: 9 } },
    ],
  ],
  [
    [{ $addFields: { n: 1 } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10, n: 1 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20], n: 1 },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }], n: 1 },
      { _id: 4, v: "x", o: 5, k: null, a: null, n: 1 },
    ],
  ],
  [
    [{ $set: { v: "$$REMOVE" } }],
    [
      { _id: 1, g: "a", a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", a: [], k: [10, 20] },
      { _id: 3, g: "a", a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, o: 5, k: null, a: null },
    ],
  ],
  [[{ $addFields: { "a.b": 1, a: 2 } }], 31250],
];

test("projections and new fields agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

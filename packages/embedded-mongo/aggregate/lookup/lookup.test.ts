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
  f: [
    { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
    { _id: 20, n: "twenty", up: 30 },
    { _id: 30, n: "thirty", up: null },
    { _id: 50, k: 10 },
  ],
};

const cases: readonly PipelineCase[] = [
  [
    [{ $facet: { a: [{ $match: { _id: 1 } }], b: [{ $count: "n" }] } }],
    [{ a: [{ _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 }], b: [{ n: 4 }] }],
  ],
  [[{ $facet: {} }], 40169],
  [[{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
  [[{ $facet: { a: [{ $out: "x" }] } }], 40600],
  [
    [{ $facet: { a: [] } }],
    [
      {
        a: [
          { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
          { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
          { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
          { _id: 4, v: "x", o: 5, k: null, a: null },
        ],
      },
    ],
  ],
  [
    [{ $unionWith: "f" }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
      { _id: 20, n: "twenty", up: 30 },
      { _id: 30, n: "thirty", up: null },
      { _id: 50, k: 10 },
    ],
  ],
  [
    [{ $unionWith: { coll: "f", pipeline: [{ $match: { _id: 10 } }] } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
    ],
  ],
  [
    [{ $unionWith: { coll: "nope" } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
    ],
  ],
  [[{ $unionWith: 1 }], 9],
  [[{ $unionWith: { x: 1 } }], 40415],
  [[{ $unionWith: { coll: "f", pipeline: 1 } }], 14],
  [[{ $unionWith: { coll: "f", pipeline: [{ $out: "x" }] } }], 31441],
  [
    [{ $unionWith: { pipeline: [{ $documents: [{ q: 1 }] }] } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10 },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20] },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }] },
      { _id: 4, v: "x", o: 5, k: null, a: null },
      { q: 1 },
    ],
  ],
  [
    [{ $lookup: { from: "f", localField: "k", foreignField: "_id", as: "j" } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10, j: [{ _id: 10, n: "ten", up: 20, tags: ["x", "y"] }] },
      {
        _id: 2,
        g: "b",
        v: double(2.5),
        a: [],
        k: [10, 20],
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
        ],
      },
      { _id: 3, g: "a", v: long("3"), a: [{ z: 1 }, { z: 2, w: 3 }], o: [{ x: 1 }, { x: 2, y: 3 }], j: [] },
      { _id: 4, v: "x", o: 5, k: null, a: null, j: [] },
    ],
  ],
  [
    [{ $lookup: { from: "f", localField: "k", foreignField: "k", as: "j" } }],
    [
      { _id: 1, g: "a", v: 1, a: [1, 2], o: { x: 1 }, k: 10, j: [{ _id: 50, k: 10 }] },
      { _id: 2, g: "b", v: double(2.5), a: [], k: [10, 20], j: [{ _id: 50, k: 10 }] },
      {
        _id: 3,
        g: "a",
        v: long("3"),
        a: [{ z: 1 }, { z: 2, w: 3 }],
        o: [{ x: 1 }, { x: 2, y: 3 }],
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
      {
        _id: 4,
        v: "x",
        o: 5,
        k: null,
        a: null,
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
    ],
  ],
  [
    [{ $lookup: { from: "f", localField: "nope", foreignField: "k", as: "j" } }],
    [
      {
        _id: 1,
        g: "a",
        v: 1,
        a: [1, 2],
        o: { x: 1 },
        k: 10,
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
      {
        _id: 2,
        g: "b",
        v: double(2.5),
        a: [],
        k: [10, 20],
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
      {
        _id: 3,
        g: "a",
        v: long("3"),
        a: [{ z: 1 }, { z: 2, w: 3 }],
        o: [{ x: 1 }, { x: 2, y: 3 }],
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
      {
        _id: 4,
        v: "x",
        o: 5,
        k: null,
        a: null,
        j: [
          { _id: 10, n: "ten", up: 20, tags: ["x", "y"] },
          { _id: 20, n: "twenty", up: 30 },
          { _id: 30, n: "thirty", up: null },
        ],
      },
    ],
  ],
  [[{ $lookup: { from: "f", as: "j" } }], 9],
  [[{ $graphLookup: 1 }], 9],
];

test("stages that join and combine agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

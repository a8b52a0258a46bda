import { expect, test } from "vitest";
import { date, double } from "../testing/literals.ts";
import { expectedResults, type PipelineCase, resultsOf } from "../testing/pipeline-cases.ts";

const collections = {
  c: [
    { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
    { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
    { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
    { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
  ],
};

const cases: readonly PipelineCase[] = [
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { r: { $rank: {} }, d: { $denseRank: {} }, n: { $documentNumber: {} } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, r: 1, d: 1, n: 1 },
      { _id: 2, r: 1, d: 1, n: 1 },
      { _id: 3, r: 2, d: 2, n: 2 },
      { _id: 4, r: 3, d: 3, n: 3 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { v: 1 },
          output: { r: { $rank: {} }, d: { $denseRank: {} }, n: { $documentNumber: {} } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, r: 1, d: 1, n: 1 },
      { _id: 2, r: 1, d: 1, n: 1 },
      { _id: 3, r: 2, d: 2, n: 2 },
      { _id: 4, r: 2, d: 2, n: 3 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $sum: "$v", window: { documents: ["unbounded", "current"] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: 1 },
      { _id: 2, s: double(2.5) },
      { _id: 3, s: 5 },
      { _id: 4, s: 9 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $sum: "$v", window: { documents: [-1, 1] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: 5 },
      { _id: 2, s: double(2.5) },
      { _id: 3, s: 9 },
      { _id: 4, s: 8 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $sum: "$v", window: { documents: ["current", "unbounded"] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: 9 },
      { _id: 2, s: double(2.5) },
      { _id: 3, s: 8 },
      { _id: 4, s: 4 },
    ],
  ],
  [
    [
      { $setWindowFields: { partitionBy: "$g", sortBy: { _id: 1 }, output: { s: { $sum: "$v" } } } },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: 9 },
      { _id: 2, s: double(2.5) },
      { _id: 3, s: 9 },
      { _id: 4, s: 9 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $avg: "$v", window: { documents: [-1, 0] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: double(1) },
      { _id: 2, s: double(2.5) },
      { _id: 3, s: double(2.5) },
      { _id: 4, s: double(4) },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $push: "$_id", window: { documents: [1, 2] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: [3, 4] },
      { _id: 2, s: [] },
      { _id: 3, s: [4] },
      { _id: 4, s: [] },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $push: "$_id", window: { documents: [-2, -1] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: [] },
      { _id: 2, s: [] },
      { _id: 3, s: [1] },
      { _id: 4, s: [1, 3] },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: {
            s: { $first: "$_id", window: { documents: [1, 2] } },
            l: { $last: "$v", window: { documents: [-1, 1] } },
          },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, s: 3, l: 4 },
      { _id: 2, s: null, l: double(2.5) },
      { _id: 3, s: 4, l: 4 },
      { _id: 4, s: null, l: 4 },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: {
            a: { $min: "$v", window: { documents: [-1, 1] } },
            b: { $max: "$v", window: { documents: [-1, 1] } },
            c: { $count: {}, window: { documents: [-1, 1] } },
            d: { $addToSet: "$g", window: { documents: [-1, 1] } },
          },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    [
      { _id: 1, a: 1, b: 4, c: 2, d: ["a"] },
      { _id: 2, a: double(2.5), b: double(2.5), c: 1, d: ["b"] },
      { _id: 3, a: 1, b: 4, c: 3, d: ["a"] },
      { _id: 4, a: 4, b: 4, c: 2, d: ["a"] },
    ],
  ],
  [
    [
      {
        $setWindowFields: {
          partitionBy: "$g",
          sortBy: { _id: 1 },
          output: { s: { $push: "$_id", window: { range: [-1, 1], unit: "day" } } },
        },
      },
      { $sort: { _id: 1 } },
      { $unset: ["g", "v", "q", "t"] },
    ],
    5429513,
  ],
];

test("window functions agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

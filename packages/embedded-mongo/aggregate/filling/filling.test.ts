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
    [{ $densify: { field: "_id", range: { step: 2, bounds: "full" } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $densify: { field: "_id", partitionByFields: ["g"], range: { step: 1, bounds: "partition" } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { g: "a", _id: 2 },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
    ],
  ],
  [
    [{ $densify: { field: "t", range: { step: 1, unit: "day", bounds: "full" } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { t: date("2024-01-03T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { t: date("2024-01-05T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [
      {
        $densify: {
          field: "t",
          range: { step: 1, unit: "day", bounds: [date("2024-01-01T00:00:00.000Z"), date("2024-01-03T00:00:00.000Z")] },
        },
      },
    ],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $densify: { field: "v", range: { step: 1, bounds: "full" } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { v: 2 },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { v: 3 },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $densify: { field: "q", range: { step: 10, bounds: "full" } } }],
    [
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: null, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { q: 20 },
      { q: 30 },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [[{ $densify: { field: "_id", range: { step: 0, bounds: "full" } } }], 5733401],
  [[{ $densify: { field: "_id", range: { step: "x", bounds: "full" } } }], 14],
  [[{ $densify: { field: "_id", range: { step: 1, bounds: "x" } } }], 5946802],
  [[{ $densify: { field: "_id", range: { step: 1, bounds: [3, 1] } } }], 5733402],
  [[{ $densify: { field: "_id", range: { step: 1, bounds: [1] } } }], 5733403],
  [[{ $densify: { field: "_id", range: { step: 1, bounds: "partition" } } }], 5733408],
  [[{ $densify: { field: "_id" } }], 40414],
  [[{ $densify: { range: { step: 1, bounds: "full" } } }], 40414],
  [[{ $densify: { field: 1, range: { step: 1, bounds: "full" } } }], 14],
  [[{ $densify: { field: "t", range: { step: 1, bounds: "full" } } }], 6053600],
  [[{ $densify: { field: "g", range: { step: 1, bounds: "full" } } }], 5733201],
  [[{ $densify: { field: "_id", range: { step: 1, unit: "day", bounds: "full" } } }], 6053600],
  [[{ $densify: { field: "_id", partitionByFields: ["_id"], range: { step: 1, bounds: "full" } } }], 8993000],
  [[{ $densify: { field: "_id", range: { bounds: "full" } } }], 40414],
  [[{ $densify: { field: "_id", range: { step: 1 } } }], 40414],
  [
    [{ $fill: { output: { q: { value: 0 } } } }, { $sort: { _id: 1 } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: 0, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: 0, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $fill: { sortBy: { _id: 1 }, output: { q: { method: "locf" } } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: 10, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: 10, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $fill: { sortBy: { _id: 1 }, output: { q: { method: "linear" } } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: double(20), t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: double(30), t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [{ $fill: { partitionBy: "$g", sortBy: { _id: 1 }, output: { q: { method: "locf" } } } }, { $sort: { _id: 1 } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: 10, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
  [
    [
      {
        $fill: {
          partitionByFields: ["g"],
          sortBy: { _id: 1 },
          output: { q: { method: "linear" }, z: { value: "$v" } },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z"), z: 1 },
      { _id: 2, g: "b", v: double(2.5), q: null, t: date("2024-01-02T00:00:00.000Z"), z: double(2.5) },
      { _id: 3, g: "a", v: 4, q: double(30), t: date("2024-01-04T00:00:00.000Z"), z: 4 },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z"), z: 4 },
    ],
  ],
  [[{ $fill: { output: { q: { method: "linear" } } } }], 605001],
  [[{ $fill: { output: { q: { method: "x" } } } }], 6050202],
  [[{ $fill: {} }], 40414],
  [[{ $fill: { partitionBy: "$g", partitionByFields: ["g"], output: { q: { value: 1 } } } }], 6050204],
  [[{ $fill: { partitionByFields: [1], output: { q: { value: 1 } } } }], 14],
  [
    [{ $fill: { output: { q: { method: "locf" } } } }],
    [
      { _id: 1, g: "a", v: 1, q: 10, t: date("2024-01-01T00:00:00.000Z") },
      { _id: 2, g: "b", v: double(2.5), q: 10, t: date("2024-01-02T00:00:00.000Z") },
      { _id: 3, g: "a", v: 4, q: 10, t: date("2024-01-04T00:00:00.000Z") },
      { _id: 4, g: "a", v: 4, q: 40, t: date("2024-01-05T12:00:00.000Z") },
    ],
  ],
];

test("stages that fill gaps agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

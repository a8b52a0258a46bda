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
    [{ $group: { _id: "$g", n: { $sum: 1 }, s: { $sum: "$v" } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 1, s: 0 },
      { _id: "a", n: 2, s: long("4") },
      { _id: "b", n: 1, s: double(2.5) },
    ],
  ],
  [[{ $group: { n: { $sum: 1 } } }], 15955],
  [[{ $group: { _id: 1, n: 1 } }], 40234],
  [[{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }], 40238],
  [[{ $group: { _id: 1, n: { $nope: 1 } } }], 15952],
  [[{ $group: { _id: 1, "a.b": { $sum: 1 } } }], 40235],
  [[{ $group: { _id: 1, $a: { $sum: 1 } } }], 40236],
  [[{ $group: 1 }], 15947],
  [
    [{ $group: { _id: "$g", m: { $mergeObjects: { a: "$v" } } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, m: { a: "x" } },
      { _id: "a", m: { a: long("3") } },
      { _id: "b", m: { a: double(2.5) } },
    ],
  ],
  [
    [{ $group: { _id: null, sd: { $stdDevPop: "$v" }, ss: { $stdDevSamp: "$v" } } }],
    [{ _id: null, sd: double(0.8498365855987975), ss: double(1.0408329997330665) }],
  ],
  [
    [{ $group: { _id: null, p: { $push: "$nope" }, p2: { $push: "$g" } } }],
    [{ _id: null, p: [], p2: ["a", "b", "a"] }],
  ],
  [[{ $group: { _id: null, c: { $count: 1 } } }], 14],
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
      {
        $group: {
          _id: null,
          t: { $top: { output: "$v", sortBy: { _id: -1 } } },
          tn: { $topN: { n: 2, output: ["$_id", "$v"], sortBy: { _id: 1 } } },
          b: { $bottom: { output: "$_id", sortBy: { _id: 1 } } },
          bn: { $bottomN: { n: 2, output: "$_id", sortBy: { _id: 1 } } },
        },
      },
    ],
    [
      {
        _id: null,
        t: "x",
        tn: [
          [1, 1],
          [2, double(2.5)],
        ],
        b: 4,
        bn: [3, 4],
      },
    ],
  ],
  [[{ $group: { _id: null, t: { $top: { output: "$v" } } } }], 5788005],
  [[{ $group: { _id: null, t: { $topN: { output: "$v", sortBy: { _id: 1 } } } } }], 5788003],
  [[{ $group: { _id: null, t: { $firstN: { n: 0, input: 1 } } } }], 5787908],
  [[{ $group: { _id: null, t: { $firstN: { n: "$v", input: 1 } } } }], 5787902],
  [
    [
      {
        $group: {
          _id: null,
          md: { $median: { input: "$_id", method: "approximate" } },
          pc: { $percentile: { input: "$_id", p: [double(0.1), double(0.9)], method: "approximate" } },
        },
      },
    ],
    [{ _id: null, md: double(2), pc: [double(1), double(4)] }],
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
  [
    [{ $group: { _id: "$$ROOT._id" } }, { $sort: { _id: 1 } }],
    [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 4 }],
  ],
  [
    [{ $group: { _id: { $gt: ["$_id", 3] }, n: { $sum: { $multiply: ["$_id", 2] } } } }, { $sort: { _id: 1 } }],
    [
      { _id: false, n: 12 },
      { _id: true, n: 8 },
    ],
  ],
  [
    [{ $sortByCount: "$g" }, { $sort: { count: -1, _id: 1 } }],
    [
      { _id: "a", count: 2 },
      { _id: null, count: 1 },
      { _id: "b", count: 1 },
    ],
  ],
  [[{ $sortByCount: { a: 1 } }], 40147],
  [
    [{ $sortByCount: { $type: "$v" } }, { $sort: { count: -1, _id: 1 } }],
    [
      { _id: "double", count: 1 },
      { _id: "int", count: 1 },
      { _id: "long", count: 1 },
      { _id: "string", count: 1 },
    ],
  ],
  [
    [{ $bucket: { groupBy: "$_id", boundaries: [1, 3, 5, 9] } }],
    [
      { _id: 1, count: 2 },
      { _id: 3, count: 2 },
    ],
  ],
  [
    [
      {
        $bucket: {
          groupBy: "$_id",
          boundaries: [1, 3, 5],
          default: "other",
          output: { n: { $sum: 1 }, v: { $push: "$_id" } },
        },
      },
    ],
    [
      { _id: 1, n: 2, v: [1, 2] },
      { _id: 3, n: 2, v: [3, 4] },
    ],
  ],
  [
    [{ $bucket: { groupBy: "$_id", boundaries: [1, 3, 5] } }],
    [
      { _id: 1, count: 2 },
      { _id: 3, count: 2 },
    ],
  ],
  [[{ $bucket: { groupBy: "$_id", boundaries: [3, 1] } }], 40194],
  [[{ $bucket: { groupBy: "$_id", boundaries: [1, "x"] } }], 40193],
  [[{ $bucket: { groupBy: "$_id", boundaries: [1] } }], 40192],
  [[{ $bucket: { groupBy: "$_id" } }], 40198],
  [[{ $bucket: { groupBy: 1, boundaries: [1, 2] } }], 40202],
  [[{ $bucket: { groupBy: "$_id", boundaries: [1, 9], default: 5 } }], 40199],
  [[{ $bucket: { groupBy: "$_id", boundaries: [1, 9], x: 5 } }], 40197],
  [[{ $bucket: { groupBy: "$_id", boundaries: "x" } }], 40200],
  [[{ $bucket: 1 }], 40201],
  [[{ $bucket: { groupBy: "$_id", boundaries: [1, 9], output: 1 } }], 40196],
  [
    [{ $bucketAuto: { groupBy: "$_id", buckets: 4 } }],
    [
      { _id: { min: 1, max: 2 }, count: 1 },
      { _id: { min: 2, max: 3 }, count: 1 },
      { _id: { min: 3, max: 4 }, count: 1 },
      { _id: { min: 4, max: 4 }, count: 1 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: "$_id", buckets: 10 } }],
    [
      { _id: { min: 1, max: 2 }, count: 1 },
      { _id: { min: 2, max: 3 }, count: 1 },
      { _id: { min: 3, max: 4 }, count: 1 },
      { _id: { min: 4, max: 4 }, count: 1 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: "$g", buckets: 2 } }],
    [
      { _id: { min: null, max: "b" }, count: 3 },
      { _id: { min: "b", max: "b" }, count: 1 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: "$_id", buckets: 2, output: { s: { $sum: "$_id" } } } }],
    [
      { _id: { min: 1, max: 3 }, s: 3 },
      { _id: { min: 3, max: 4 }, s: 7 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: "$_id", buckets: 2, granularity: "R5" } }],
    [
      { _id: { min: double(0.63), max: double(2.5) }, count: 2 },
      { _id: { min: double(2.5), max: double(6.3) }, count: 2 },
    ],
  ],
  [
    [{ $bucketAuto: { groupBy: "$_id", buckets: 2, granularity: "1-2-5" } }],
    [{ _id: { min: double(0.5), max: double(5) }, count: 4 }],
  ],
  [[{ $bucketAuto: { groupBy: "$_id", buckets: 0 } }], 40243],
  [[{ $bucketAuto: { groupBy: "$_id", buckets: "x" } }], 40241],
  [[{ $bucketAuto: { groupBy: "$_id" } }], 40246],
  [[{ $bucketAuto: { groupBy: "$_id", buckets: 2, granularity: "zz" } }], 40257],
  [[{ $bucketAuto: { groupBy: "$g", buckets: 2, granularity: "R5" } }], 40258],
  [[{ $bucketAuto: 1 }], 40240],
  [[{ $bucketAuto: { groupBy: "$_id", buckets: double(1.5) } }], 40242],
];

test("stages that group agree with MongoDB's", async () => {
  expect(await resultsOf(collections, cases)).toEqual(expectedResults(cases));
});

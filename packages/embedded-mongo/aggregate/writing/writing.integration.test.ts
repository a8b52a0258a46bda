import type { Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

interface Row {
  _id: number | string;
  [name: string]: unknown;
}

let server: TestServer;
let db: Db;

beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("writing");
});

afterAll(() => server.end());

beforeEach(async () => {
  await db.dropDatabase();
  await db.collection<Row>("source").insertMany([
    { _id: 1, k: "x", v: 1 },
    { _id: 2, k: "y", v: 2 },
    { _id: 3, k: "x", v: 3 },
  ]);
});

const run = (pipeline: Plain[]) => db.collection("source").aggregate(pipeline).toArray();
const all = (name: string) => db.collection(name).find().sort({ _id: 1 }).toArray();
const names = async () => (await db.listCollections().toArray()).map(({ name }) => name).sort();

test("$out replaces a collection and keeps its indexes", async () => {
  await db.collection("target").insertOne({ old: true });
  await db.collection("target").createIndex({ sum: 1 });
  expect(await run([{ $group: { _id: "$k", sum: { $sum: "$v" } } }, { $out: "target" }])).toEqual([]);
  expect(await all("target")).toEqual([
    { _id: "x", sum: 4 },
    { _id: "y", sum: 2 },
  ]);
  expect((await db.collection("target").indexes()).map(({ name }) => name)).toEqual(["_id_", "sum_1"]);
});

test("$out that fails leaves the target as it was, and nothing beside it", async () => {
  await db.collection<Row>("target").insertOne({ _id: 1, s: 1 });
  await db.collection("target").createIndex({ s: 1 }, { unique: true });
  await expect(run([{ $set: { s: 5 } }, { $out: "target" }])).rejects.toMatchObject({ code: 11000 });
  expect(await all("target")).toEqual([{ _id: 1, s: 1 }]);
  expect(await names()).toEqual(["source", "target"]);
});

test("$merge inserts what is new and merges what is there", async () => {
  await db.collection<Row>("target").insertOne({ _id: 1, kept: true, v: 0 });
  await run([{ $merge: "target" }]);
  expect(await all("target")).toEqual([
    { _id: 1, kept: true, v: 1, k: "x" },
    { _id: 2, k: "y", v: 2 },
    { _id: 3, k: "x", v: 3 },
  ]);
});

test.each([
  ["replace", [{ _id: 1, k: "x", v: 1 }]],
  ["keepExisting", [{ _id: 1, v: 10 }]],
  [[{ $set: { v: { $add: ["$v", "$$new.v", "$$by"] } } }], [{ _id: 1, v: 111 }]],
])("$merge with whenMatched %j and whenNotMatched discard", async (whenMatched, expected) => {
  await db.collection<Row>("target").insertOne({ _id: 1, v: 10 });
  const variables = Array.isArray(whenMatched) ? { let: { by: 100 } } : {};
  await run([{ $merge: { into: "target", whenMatched, whenNotMatched: "discard", ...variables } }]);
  expect(await all("target")).toEqual(expected);
});

test("$merge finds documents by a unique index over several fields", async () => {
  await db.collection("target").createIndex({ k: 1, v: -1 }, { unique: true });
  const merge = { $merge: { into: "target", on: ["v", "k"] } };
  await run([{ $project: { _id: 0, k: 1, v: 1 } }, merge]);
  await run([{ $project: { _id: 0, k: 1, v: 1, again: { $literal: true } } }, merge]);
  expect(await db.collection("target").countDocuments({ again: true })).toBe(3);
  expect(await db.collection("target").countDocuments()).toBe(3);
});

test.each([
  [51183, { into: "target", on: "k" }],
  [11000, { into: "source", whenMatched: "fail" }],
  [13113, { into: "target", whenNotMatched: "fail" }],
])("$merge is refused with %i where MongoDB does so", async (code, merge) => {
  await expect(run([{ $merge: merge }])).rejects.toMatchObject({ code });
});

test("$geoNear gives the nearest first, with the distance in metres", async () => {
  const places = db.collection<Row>("places");
  await places.insertMany([
    { _id: "far", at: { type: "Point", coordinates: [2, 0] } },
    { _id: "near", at: { type: "Point", coordinates: [1, 0] } },
  ]);
  const stage = { $geoNear: { near: { type: "Point", coordinates: [0, 0] }, distanceField: "metres" } };
  await expect(places.aggregate([stage]).toArray()).rejects.toMatchObject({ codeName: "IndexNotFound" });
  await places.createIndex({ at: "2dsphere" });
  const found = await places.aggregate([stage]).toArray();
  expect(found.map(({ _id, metres }) => [_id, Math.round(metres)])).toEqual([
    ["near", 111319],
    ["far", 222638],
  ]);
});

test("a lookup with variables uses an index of the other collection", async () => {
  await db.collection("other").insertMany(Array.from({ length: 500 }, (_, index) => ({ n: index })));
  await db.collection("other").createIndex({ n: 1 });
  const pipeline = [{ $match: { $expr: { $eq: ["$n", "$$v"] } } }, { $project: { _id: 0 } }];
  const found = await run([{ $lookup: { from: "other", let: { v: "$v" }, pipeline, as: "found" } }]);
  expect(found.map(({ found: [first] }) => first)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

import type { Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("special");
});
afterAll(() => server.end());

const ids = (found: Plain[]) => found.map(({ _id }) => _id);

test("$text finds words, phrases and what lacks a word, and scores it", async () => {
  const texts = db.collection<Plain>("texts");
  await texts.createIndex({ title: "text", body: "text" }, { weights: { title: 3 } });
  await texts.insertMany([
    { _id: 1 as never, title: "Coffee shop", body: "dark roast" },
    { _id: 2 as never, title: "Tea", body: "coffee is also here" },
    { _id: 3 as never, title: "Bread", body: "bakery" },
  ]);
  const score = { $meta: "textScore" } as const;
  const search = (words: string) =>
    texts.find({ $text: { $search: words } }, { sort: { score }, projection: { score } });
  expect(ids(await search("coffee").toArray())).toEqual([1, 2]);
  expect((await search("coffee").toArray()).map((each) => each.score)).toEqual([2.25, 0.75]);
  expect(ids(await search("coffee -tea").toArray())).toEqual([1]);
  expect(ids(await search('"dark roast"').toArray())).toEqual([1]);
  const stages = [{ $match: { $text: { $search: "coffee" } } }, { $sort: { score } }, { $project: { score } }];
  expect(ids(await texts.aggregate(stages).toArray())).toEqual([1, 2]);
  await expect(
    db
      .collection("none")
      .insertOne({})
      .then(() => db.collection("none").findOne({ $text: { $search: "a" } })),
  ).rejects.toMatchObject({ code: 27 });
});

test("$text knows a word in its forms, by the language of the index, the document or the search", async () => {
  const texts = db.collection<Plain>("stems");
  await texts.createIndex({ kind: 1, title: "text" });
  await texts.insertMany([
    { _id: 1 as never, kind: "a", title: "Baking cakes" },
    { _id: 2 as never, kind: "a", title: "A Cake, baked" },
    { _id: 3 as never, kind: "b", title: "cakes" },
    { _id: 4 as never, kind: "a", title: "Häuser bauen", language: "german" },
  ]);
  const search = async ($search: string, options: Plain = {}) =>
    ids(await texts.find({ kind: "a", $text: { $search, ...options } }, { sort: { _id: 1 } }).toArray());
  expect(await search("bake")).toEqual([1, 2]);
  expect(await search("cakes -baking")).toEqual([]);
  expect(await search("cakes", { $caseSensitive: true })).toEqual([1]);
  expect(await search("Haus", { $language: "de" })).toEqual([4]);
  expect(await search("Haus", { $language: "de", $diacriticSensitive: true })).toEqual([4]);
  await expect(search("cake", { $language: "klingon" })).rejects.toMatchObject({ code: 2 });
  await expect(texts.findOne({ $text: { $search: "cake" } })).rejects.toMatchObject({ code: 291 });
  await expect(texts.insertOne({ title: "x", language: "klingon" })).rejects.toMatchObject({ code: 17262 });
  await expect(db.collection("other").createIndex({ a: "text" }, { default_language: "x" })).rejects.toMatchObject({
    code: 17264,
  });
});

test("$near gives the nearest first, from a 2dsphere and a 2d index, and needs one", async () => {
  const places = db.collection<Plain>("places");
  const point = (x: number, y: number) => ({ type: "Point", coordinates: [x, y] });
  await places.insertMany(
    Array.from({ length: 400 }, (_, n) => ({
      _id: n as never,
      at: point(((n * 37) % 360) - 180, ((n * 53) % 170) - 85),
      flat: [n % 20, Math.floor(n / 20)],
    })),
  );
  const near = { at: { $near: { $geometry: point(10, 50), $maxDistance: 3_000_000 } } };
  await expect(places.find(near).toArray()).rejects.toMatchObject({ code: 291 });
  await places.createIndex({ at: "2dsphere" });
  await places.createIndex({ flat: "2d" });
  const found = await places.find(near).toArray();
  expect(found.length).toBeGreaterThan(5);
  const within = await places
    .find({ at: { $geoWithin: { $centerSphere: [[10, 50], 3_000_000 / 6_378_100] } } })
    .toArray();
  expect(ids(within).toSorted()).toEqual(ids(found).toSorted());
  expect(ids(await places.find(near, { limit: 3 }).toArray())).toEqual(ids(found).slice(0, 3));
  expect(ids(await places.find({ at: { $near: { $geometry: point(10, 50) } } }).toArray())).toHaveLength(400);
  expect(ids(await places.find({ flat: { $near: [3, 4] } }, { limit: 1 }).toArray())).toEqual([83]);
  expect(
    await places.countDocuments({
      flat: {
        $geoWithin: {
          $box: [
            [0, 0],
            [1, 1],
          ],
        },
      },
    }),
  ).toBe(4);
});

test("a wildcard index answers conditions on any path", async () => {
  const any = db.collection<Plain>("any");
  await any.createIndex({ "$**": 1 });
  await any.insertMany([
    { _id: 1 as never, a: { b: 5 } },
    { _id: 2 as never, a: { b: [1, 5, 9] } },
    { _id: 3 as never, x: "s" },
  ]);
  const told = await any.find({ "a.b": 5 }).explain("executionStats");
  expect(told.queryPlanner.winningPlan.inputStage).toMatchObject({ stage: "IXSCAN", indexName: "$**_1" });
  expect(told.executionStats).toMatchObject({ nReturned: 2, totalKeysExamined: 2 });
  expect(ids(await any.find({ "a.b": { $ne: 5 } }).toArray())).toEqual([3]);
  expect(ids(await any.find({ "a.b": { $gt: 6 } }).toArray())).toEqual([2]);
});

test("a hashed index finds equal values", async () => {
  const hashed = db.collection<Plain>("hashed");
  await hashed.createIndex({ a: "hashed" });
  await hashed.insertMany([{ _id: 1 as never, a: 5 }, { _id: 2 as never, a: 5.0 }, { _id: 3 as never }]);
  const told = await hashed.find({ a: 5 }).explain("executionStats");
  expect(told.queryPlanner.winningPlan.inputStage).toMatchObject({ indexName: "a_hashed" });
  expect(told.executionStats).toMatchObject({ nReturned: 2, totalKeysExamined: 2 });
  expect(ids(await hashed.find({ a: null }).toArray())).toEqual([3]);
});

import type { Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("catalog");
});
afterAll(() => server.end());
beforeEach(() => db.dropDatabase());

const fails = (command: Plain, code: number) => expect(db.command(command)).rejects.toMatchObject({ code });

describe("collections", () => {
  test("one that is there with the same options is made again without an error, with others not", async () => {
    expect(await db.command({ create: "a" })).toMatchObject({ ok: 1 });
    expect(await db.command({ create: "a" })).toMatchObject({ ok: 1 });
    await fails({ create: "a", capped: true, size: 4096 }, 48);
  });

  test.each([
    [{ create: "a", capped: true }, 72],
    [{ create: "a", size: 100 }, 72],
    [{ create: "a", pipeline: [] }, 72],
    [{ create: "a", validationLevel: "foo" }, 2],
    [{ create: "a", validator: { $foo: 1 } }, 2],
    [{ create: "a", validator: 5 }, 14],
    [{ create: "a", foo: 1 }, 40415],
    [{ create: "$a" }, 73],
    [{ create: "" }, 73],
    [{ create: "x".repeat(255) }, 73],
  ])("%j is refused", (command, code) => fails(command, code));

  test("they are listed with their options, and filtered", async () => {
    await db.createCollection("capped", { capped: true, size: 1000, max: 5 });
    await db.createCollection("view", { viewOn: "capped", pipeline: [{ $match: { a: 1 } }] });
    await db.createCollection("series", { timeseries: { timeField: "t", metaField: "m" } });
    const listed = await db.listCollections().toArray();
    expect(listed).toMatchObject([
      { name: "capped", type: "collection", options: { capped: true, size: 1024, max: 5 }, idIndex: { name: "_id_" } },
      {
        name: "series",
        type: "timeseries",
        options: { timeseries: { timeField: "t", metaField: "m", granularity: "seconds" } },
      },
      { name: "view", type: "view", options: { viewOn: "capped" }, info: { readOnly: true } },
    ]);
    expect(await db.listCollections({ type: "view" }, { nameOnly: true }).toArray()).toEqual([
      { name: "view", type: "view" },
    ]);
  });

  test("dropping tells what was there; dropping nothing is no error", async () => {
    await db.collection("a").createIndex({ x: 1 });
    expect(await db.command({ drop: "a" })).toMatchObject({ ns: "catalog.a", nIndexesWas: 2 });
    expect(await db.command({ drop: "a" })).toEqual({ ok: 1 });
    expect(await db.command({ dropDatabase: 1 })).toMatchObject({ ok: 1 });
  });

  test("renaming keeps documents and indexes, and asks before it replaces", async () => {
    await db.collection("a").createIndex({ x: 1 });
    await db.collection("a").insertOne({ x: 1 });
    await db.collection("b").insertOne({ x: 2 });
    await expect(db.collection("a").rename("b")).rejects.toMatchObject({ code: 48 });
    await expect(db.collection("none").rename("c")).rejects.toMatchObject({ code: 26 });
    await db.collection("a").rename("b", { dropTarget: true });
    expect(await db.collection("b").find({ x: 1 }).toArray()).toHaveLength(1);
    expect(await db.collection("b").indexes()).toHaveLength(2);
  });

  test("statistics count exactly", async () => {
    await db.collection("a").insertMany([{ x: 1 }, { x: 2 }]);
    expect(await db.command({ collStats: "a" })).toMatchObject({
      ns: "catalog.a",
      count: 2,
      nindexes: 1,
      capped: false,
    });
    expect(await db.command({ dbStats: 1 })).toMatchObject({ db: "catalog", collections: 1, objects: 2, indexes: 1 });
    expect(await db.command({ validate: "a" })).toMatchObject({ valid: true, nrecords: 2, keysPerIndex: { _id_: 2 } });
    expect(await db.command({ dataSize: "catalog.a" })).toMatchObject({ numObjects: 2 });
    const { databases } = await db.admin().listDatabases();
    expect(databases).toContainEqual(expect.objectContaining({ name: "catalog", empty: false }));
  });

  test("a collection becomes capped and keeps its newest documents", async () => {
    await db.collection("a").insertMany(Array.from({ length: 100 }, (_, n) => ({ n, pad: "x".repeat(100) })));
    await db.command({ convertToCapped: "a", size: 4096 });
    const kept = await db.collection("a").find().toArray();
    expect(kept.length).toBeLessThan(40);
    expect(kept.at(-1)).toMatchObject({ n: 99 });
  });
});

describe("validators", () => {
  const schema = { $jsonSchema: { required: ["n"], properties: { n: { bsonType: "int", minimum: 1 } } } };

  test("a document that fails is told why, at an insert and at an update", async () => {
    const a = await db.createCollection("a", { validator: schema });
    await a.insertOne({ _id: 1 as never, n: 5 });
    await expect(a.insertOne({ _id: 2 as never, n: 0 })).rejects.toMatchObject({
      code: 121,
      errInfo: { failingDocumentId: 2 },
    });
    await expect(a.updateOne({}, { $set: { n: "x" } })).rejects.toMatchObject({ code: 121 });
    await a.insertOne({ n: 0 }, { bypassDocumentValidation: true });
  });

  test("a moderate one lets those be that were not valid before", async () => {
    const a = db.collection("a");
    await a.insertMany([{ _id: 1 as never }, { _id: 2 as never, n: 5 }]);
    await db.command({ collMod: "a", validator: schema, validationLevel: "moderate" });
    await a.updateOne({ _id: 1 as never }, { $set: { x: 1 } });
    await expect(a.updateOne({ _id: 2 as never }, { $unset: { n: 1 } })).rejects.toMatchObject({ code: 121 });
    await db.command({ collMod: "a", validator: {} });
    await a.updateOne({ _id: 2 as never }, { $unset: { n: 1 } });
  });
});

describe("views", () => {
  beforeEach(async () => {
    await db.collection("base").insertMany([1, 2, 3, 4].map((n) => ({ _id: n as never, n })));
    await db.createCollection("big", { viewOn: "base", pipeline: [{ $match: { n: { $gt: 1 } } }] });
    await db.createCollection("bigger", {
      viewOn: "big",
      pipeline: [{ $match: { n: { $gt: 2 } } }, { $project: { n: 1 } }],
    });
  });

  test("they are read like collections, also one on another", async () => {
    const bigger = db.collection("bigger");
    expect(await bigger.find({}, { sort: { n: -1 }, limit: 1 }).toArray()).toEqual([{ _id: 4, n: 4 }]);
    expect(await bigger.countDocuments()).toBe(2);
    expect(await db.command({ count: "bigger" })).toMatchObject({ n: 2 });
    expect(await bigger.distinct("n")).toEqual([3, 4]);
    expect(await bigger.aggregate([{ $group: { _id: null, sum: { $sum: "$n" } } }]).toArray()).toEqual([
      { _id: null, sum: 7 },
    ]);
  });

  test("they are not written", async () => {
    await expect(db.collection("big").insertOne({})).rejects.toMatchObject({ code: 166 });
    await expect(db.collection("big").deleteOne({})).rejects.toMatchObject({ code: 166 });
    await fails({ createIndexes: "big", indexes: [{ key: { a: 1 }, name: "a_1" }] }, 166);
  });

  test("a cycle and a writing stage are refused", async () => {
    await fails({ collMod: "big", viewOn: "bigger", pipeline: [] }, 5);
    await fails({ create: "v", viewOn: "base", pipeline: [{ $out: "x" }] }, 167);
  });
});

describe("indexes", () => {
  const create = (key: Plain, options: Plain = {}) => ({
    createIndexes: "a",
    indexes: [{ key, name: Object.entries(key).flat().join("_"), ...options }],
  });

  test("the reply counts them", async () => {
    expect(await db.command(create({ a: 1 }))).toEqual({
      numIndexesBefore: 1,
      numIndexesAfter: 2,
      createdCollectionAutomatically: true,
      ok: 1,
    });
    expect(await db.command(create({ a: 1 }))).toMatchObject({ numIndexesAfter: 2, note: "all indexes already exist" });
    expect(await db.collection("a").indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: "_id_" },
      { v: 2, key: { a: 1 }, name: "a_1" },
    ]);
  });

  test.each([
    ["the same name for other options", create({ a: 1 }, { unique: true }), 86],
    ["the same index by another name", create({ a: 1 }, { name: "other" }), 85],
    ["the same name with another lifetime", create({ t: 1 }, { expireAfterSeconds: 6 }), 85],
    ["no fields", create({}, { name: "x" }), 67],
    ["a direction of 0", create({ b: 0 }), 67],
    ["an unknown kind", create({ b: "foo" }), 67],
    ["a direction that is no number", create({ b: true }), 67],
    ["an option nobody knows", create({ b: 1 }, { foo: 1 }), 197],
    ["sparse and partial", create({ b: 1 }, { sparse: true, partialFilterExpression: { b: 1 } }), 67],
    ["a lifetime of several fields", create({ b: 1, c: 1 }, { expireAfterSeconds: 1 }), 67],
    ["a partial filter that says too much", create({ b: 1 }, { partialFilterExpression: { b: { $mod: [2, 1] } } }), 67],
    ["a unique index of _id", create({ _id: 1 }, { unique: true }), 197],
    ["a second text index", create({ d: "text" }), 67],
    ["a unique hashed one", create({ b: "hashed" }, { unique: true }), 16764],
    ["the name *", create({ b: 1 }, { name: "*" }), 2],
  ])("%s: refused", async (_name, command, code) => {
    await db.command(create({ a: 1 }));
    await db.command(create({ t: 1 }, { expireAfterSeconds: 5 }));
    await db.command(create({ c: "text" }));
    await fails(command, code);
  });

  test("a text index is told with its weights and languages", async () => {
    const a = db.collection("a");
    await a.createIndex({ x: 1, title: "text", body: "text" }, { weights: { title: 5 }, name: "words" });
    await a.createIndex({ x: 1, title: "text", body: "text" }, { weights: { title: 5 }, name: "words" });
    expect((await a.indexes())[1]).toEqual({
      v: 2,
      key: { x: 1, _fts: "text", _ftsx: 1 },
      name: "words",
      weights: { body: 1, title: 5 },
      default_language: "english",
      language_override: "language",
      textIndexVersion: 3,
    });
    await a.insertMany([
      { x: 1, title: "Coffee", body: "dark" },
      { x: 2, body: "tea" },
    ]);
    expect(await a.countDocuments({ x: 1, $text: { $search: "coffee tea" } })).toBe(1);
  });

  test("at most 64", async () => {
    const indexes = Array.from({ length: 63 }, (_, n) => ({ key: { [`f${n}`]: 1 }, name: `f${n}_1` }));
    await db.command({ createIndexes: "a", indexes });
    await fails(create({ more: 1 }), 67);
  });

  test("they are dropped by name, by key and together", async () => {
    const a = db.collection("a");
    await a.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { c: 1 } }, { key: { d: 1 } }]);
    expect(await db.command({ dropIndexes: "a", index: "a_1" })).toMatchObject({ nIndexesWas: 5 });
    await db.command({ dropIndexes: "a", index: { b: 1 } });
    await fails({ dropIndexes: "a", index: "b_1" }, 27);
    await fails({ dropIndexes: "a", index: "_id_" }, 72);
    await fails({ dropIndexes: "none", index: "*" }, 26);
    await db.command({ dropIndexes: "a", index: "*" });
    expect(await a.indexes()).toHaveLength(1);
  });

  test("a unique index is refused where documents are alike", async () => {
    await db.collection("a").insertMany([{ x: 1 }, { x: 1 }]);
    await expect(db.collection("a").createIndex({ x: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await db.collection("a").indexes()).toHaveLength(1);
  });

  test("collMod changes lifetimes and hides", async () => {
    await db.command(create({ t: 1 }, { expireAfterSeconds: 5 }));
    expect(await db.command({ collMod: "a", index: { keyPattern: { t: 1 }, expireAfterSeconds: 9 } })).toMatchObject({
      expireAfterSeconds_old: 5,
      expireAfterSeconds_new: 9,
    });
    expect(await db.command({ collMod: "a", index: { name: "t_1", hidden: true } })).toMatchObject({
      hidden_old: false,
      hidden_new: true,
    });
    await fails({ collMod: "a", index: { name: "x_1", hidden: true } }, 27);
  });
});

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
    [{ create: "a", capped: 1024 }, 72],
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
    await db.command({ create: "capped", capped: 1, size: 1000, max: 5 });
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

  test("tools' questions about space, plans and search are answered", async () => {
    await db.collection("a").insertOne({ x: 1 });
    expect(await db.command({ compact: "a" })).toMatchObject({ bytesFreed: 0 });
    await fails({ compact: "none" }, 26);
    expect(await db.command({ planCacheClear: "a" })).toMatchObject({ ok: 1 });
    expect(
      await db
        .collection("a")
        .aggregate([{ $planCacheStats: {} }])
        .toArray(),
    ).toEqual([]);
    await expect(db.collection("a").listSearchIndexes().toArray()).rejects.toMatchObject({ code: 31082 });
    await expect(db.collection("a").createSearchIndex({ definition: {} })).rejects.toMatchObject({ code: 31082 });
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

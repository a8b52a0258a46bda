import type { Collection, Db, Document as Plain } from "mongodb";
import { BSON } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
let items: Collection<Plain>;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("writes");
});
afterAll(() => server.end());
beforeEach(async () => {
  await db.dropDatabase();
  items = db.collection("items");
});

const all = () => items.find({}).toArray();

describe("insert", () => {
  test("an _id is made when there is none, and comes first", async () => {
    await db.command({ insert: "items", documents: [{ a: 1 }, { a: 2, _id: 5 }] });
    const [made, given] = await all();
    expect(made?._id).toBeInstanceOf(BSON.ObjectId);
    expect(Object.keys(given ?? {})).toEqual(["_id", "a"]);
  });

  test("a duplicate is told as drivers and mongoose parse it", async () => {
    await items.createIndex({ "a.b": 1, c: -1 }, { unique: true });
    await items.insertOne({ _id: 1 as never, a: { b: "x" }, c: 2 });
    await expect(items.insertOne({ a: { b: "x" }, c: 2 })).rejects.toMatchObject({
      code: 11000,
      message: 'E11000 duplicate key error collection: writes.items index: a.b_1_c_-1 dup key: { a.b: "x", c: 2 }',
      keyPattern: { "a.b": 1, c: -1 },
      keyValue: { "a.b": "x", c: 2 },
    });
  });

  test("an ordered batch ends at its first error, an unordered one does the rest", async () => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 1 }];
    const ordered = await db.command({ insert: "items", documents });
    expect(ordered).toMatchObject({ ok: 1, n: 1, writeErrors: [{ index: 1, code: 11000, keyValue: { _id: 1 } }] });
    await items.deleteMany({});
    const unordered = await db.command({ insert: "items", documents, ordered: false });
    expect(unordered).toMatchObject({ n: 2, writeErrors: [{ index: 1 }, { index: 3 }] });
    expect(await all()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  test.each([
    [{ _id: [1] }, 2, "can't use an array for _id"],
    [{ _id: /a/ }, 2, "can't use a regex for _id"],
    [{ _id: { $a: 1 } }, 52, "_id fields may not contain '$'-prefixed fields: $a is not valid for storage."],
  ])("%j cannot be stored", async (document, code, message) => {
    await expect(items.insertOne(document as never)).rejects.toMatchObject({ code, message });
  });

  test("a batch has between one and 100,000 documents", async () => {
    await expect(db.command({ insert: "items", documents: [] })).rejects.toMatchObject({ code: 16 });
  });

  test("an unknown field is refused, and a missing one", async () => {
    await expect(db.command({ insert: "items", documents: [{}], foo: 1 })).rejects.toMatchObject({ code: 40415 });
    await expect(db.command({ insert: "items" })).rejects.toMatchObject({ code: 40414 });
    await expect(db.command({ insert: "", documents: [{}] })).rejects.toMatchObject({ code: 73 });
  });

  test("an empty timestamp stays empty where a copy is inserted, as mongorestore does", async () => {
    const empty = new BSON.Timestamp({ t: 0, i: 0 });
    await db.command({ insert: "items", documents: [{ _id: 1, at: empty }], bypassEmptyTsReplacement: true });
    expect((await all())[0]?.at).toEqual(empty);
  });

  test("an empty timestamp at the top becomes the time", async () => {
    await items.insertOne({ at: new BSON.Timestamp({ t: 0, i: 0 }) });
    const [document] = await all();
    expect(document?.at.t).toBeGreaterThan(0);
  });
});

describe("update", () => {
  beforeEach(() => items.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n, list: [n, n + 1] }))));

  test("one is changed or all, and what is alike already is not modified", async () => {
    expect(await items.updateOne({ n: { $gte: 2 } }, { $set: { x: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await items.updateMany({}, { $set: { x: 1 } })).toMatchObject({ matchedCount: 3, modifiedCount: 2 });
    expect(await items.updateMany({ n: 9 }, { $set: { x: 1 } })).toMatchObject({ matchedCount: 0, modifiedCount: 0 });
  });

  test("a document that moves in the index that finds it is changed once", async () => {
    await items.createIndex({ n: 1 });
    expect(await items.updateMany({ n: { $gt: 0 } }, { $inc: { n: 10 } })).toMatchObject({ modifiedCount: 3 });
    expect((await all()).map(({ n }) => n)).toEqual([11, 12, 13]);
  });

  test("a pipeline computes with the document, `let` and constants", async () => {
    await db.command({
      update: "items",
      updates: [
        { q: { $expr: { $eq: ["$n", "$$wanted"] } }, u: [{ $set: { y: { $add: ["$n", "$$by"] } } }], c: { by: 5 } },
      ],
      let: { wanted: 2 },
    });
    expect(await items.findOne({ n: 2 })).toMatchObject({ y: 7 });
  });

  test("positions are found by the filter and by array filters", async () => {
    await items.updateOne({ _id: 2 as never, list: 3 }, { $set: { "list.$": 30 } });
    await items.updateMany({}, { $inc: { "list.$[big]": 100 } }, { arrayFilters: [{ big: { $gte: 4 } }] });
    expect((await all()).map(({ list }) => list)).toEqual([
      [1, 2],
      [2, 130],
      [3, 104],
    ]);
  });

  test("an upsert inserts the filter's equalities and the update, and tells the _id", async () => {
    const byFilter = await items.updateOne(
      { _id: 9 as never, kind: "x" },
      { $set: { n: 9 }, $setOnInsert: { made: true } },
      { upsert: true },
    );
    expect(byFilter).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 9 });
    expect(await items.findOne({ _id: 9 as never })).toEqual({ _id: 9, kind: "x", made: true, n: 9 });
    const reply = await db.command({
      update: "items",
      updates: [
        { q: { n: 1 }, u: { $set: { z: 1 } } },
        { q: { n: 50 }, u: { a: 1 }, upsert: true },
      ],
    });
    expect(reply).toMatchObject({ n: 2, nModified: 1, upserted: [{ index: 1 }] });
  });

  test("an upsert may insert a field that begins with a dollar, an update makes none", async () => {
    const prices = db.collection<{ _id: number; a?: number; $price?: number }>("prices");
    await prices.updateOne({ _id: 1 }, { $set: { $price: 5 } }, { upsert: true });
    await prices.replaceOne({ _id: 2 }, { a: 1, $price: 6 }, { upsert: true });
    expect(await prices.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, $price: 5 },
      { _id: 2, a: 1, $price: 6 },
    ]);
    await expect(prices.updateOne({ _id: 1 }, { $set: { $price: 7 } })).rejects.toMatchObject({ code: 52 });
    await expect(prices.replaceOne({ _id: 2 }, { a: 1, $price: 7 })).rejects.toMatchObject({ code: 52 });
    expect(await prices.updateOne({ _id: 3 }, { $set: { $price: 7 } })).toMatchObject({ matchedCount: 0 });
  });

  test("null is an _id like any other", async () => {
    const ids = db.collection<{ _id: null; a?: number }>("ids");
    expect(await ids.updateOne({ _id: null }, { $set: { a: 1 } }, { upsert: true })).toMatchObject({
      upsertedId: null,
    });
    await ids.updateOne({ _id: null }, { $inc: { a: 1 } });
    expect(await ids.find().toArray()).toEqual([{ _id: null, a: 2 }]);
    await ids.deleteMany();
    await db.command({ insert: "ids", documents: [{ a: 5, _id: null }] });
    expect(await ids.find().toArray()).toEqual([{ _id: null, a: 5 }]);
  });

  test("a replacement keeps the _id and is never for many", async () => {
    await items.replaceOne({ n: 1 }, { only: true });
    expect(await items.findOne({ _id: 1 as never })).toEqual({ _id: 1, only: true });
    await expect(items.replaceOne({ n: 2 }, { _id: 5 as never, a: 1 })).rejects.toMatchObject({ code: 66 });
    const updates = [{ q: {}, u: { a: 1 }, multi: true }];
    expect(await db.command({ update: "items", updates })).toMatchObject({ writeErrors: [{ index: 0, code: 9 }] });
  });

  test("the sort of updateOne says which one", async () => {
    await db.command({ update: "items", updates: [{ q: {}, u: { $set: { last: 1 } }, sort: { n: -1 } }] });
    expect(await items.findOne({ last: 1 })).toMatchObject({ n: 3 });
  });
});

describe("delete", () => {
  beforeEach(() => items.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n }))));

  test("one or all", async () => {
    expect((await items.deleteOne({ n: { $gt: 1 } })).deletedCount).toBe(1);
    expect((await items.deleteMany({})).deletedCount).toBe(2);
    expect((await db.collection("absent").deleteMany({})).deletedCount).toBe(0);
  });

  test("the limit is 0 or 1", async () => {
    await expect(db.command({ delete: "items", deletes: [{ q: {}, limit: 2 }] })).rejects.toMatchObject({ code: 9 });
  });
});

describe("findAndModify", () => {
  beforeEach(() => items.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n }))));

  test("the document is returned as it was, or as it is", async () => {
    expect(await items.findOneAndUpdate({ n: 1 }, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    const options = { returnDocument: "after", sort: { n: -1 }, projection: { _id: 0 } } as const;
    expect(await items.findOneAndUpdate({}, { $inc: { n: 10 } }, options)).toEqual({ n: 13 });
    expect(await items.findOneAndDelete({}, { sort: { n: 1, _id: -1 } })).toEqual({ _id: 2, n: 2 });
    expect(await items.findOneAndReplace({ n: 99 }, { n: 5 })).toBeNull();
  });

  test("the reply says what happened", async () => {
    const upserted = await db.command({
      findAndModify: "items",
      query: { _id: 7 },
      update: { $set: { n: 7 } },
      upsert: true,
      new: true,
    });
    expect(upserted).toMatchObject({
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 },
      value: { _id: 7, n: 7 },
    });
    const removed = await db.command({ findAndModify: "items", query: { _id: 7 }, remove: true });
    expect(removed).toMatchObject({ lastErrorObject: { n: 1 }, value: { _id: 7 } });
    await expect(db.command({ findAndModify: "items", remove: true, new: true })).rejects.toMatchObject({ code: 9 });
  });
});

test("bulkWrite writes to several collections and tells each result", async () => {
  const reply = await db.admin().command({
    bulkWrite: 1,
    ops: [
      { insert: 0, document: { _id: 1 } },
      { insert: 0, document: { _id: 1 } },
      { update: 1, filter: { _id: 5 }, updateMods: { $set: { a: 1 } }, upsert: true },
      { delete: 0, filter: {}, multi: true },
    ],
    nsInfo: [{ ns: "writes.one" }, { ns: "writes.two" }],
    ordered: false,
  });
  expect(reply).toMatchObject({ nErrors: 1, nInserted: 1, nUpserted: 1, nDeleted: 1 });
  expect(reply.cursor.firstBatch).toMatchObject([
    { ok: 1, idx: 0, n: 1 },
    { ok: 0, idx: 1, code: 11000, n: 0 },
    { ok: 1, idx: 2, n: 1, nModified: 0, upserted: { _id: 5 } },
    { ok: 1, idx: 3, n: 1 },
  ]);
});

import type { Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("indexes");
});
afterAll(() => server.end());
beforeEach(() => db.dropDatabase());

const fails = (command: Plain, code: number) => expect(db.command(command)).rejects.toMatchObject({ code });

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

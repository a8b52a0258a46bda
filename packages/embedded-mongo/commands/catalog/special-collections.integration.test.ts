import type { Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("special");
});
afterAll(() => server.end());
beforeEach(() => db.dropDatabase());

test("a clustered collection lists its index by its name, and takes it as a hint", async () => {
  const named = { key: { _id: 1 }, name: "by id", unique: true };
  await db.command({ create: "clustered", clusteredIndex: named });
  await db.createIndex("clustered", { a: 1 });
  const items = db.collection<{ _id: number }>("clustered");
  expect(await items.indexes()).toEqual([
    { v: 2, ...named, clustered: true },
    { v: 2, key: { a: 1 }, name: "a_1" },
  ]);
  const [listed] = await db.listCollections().toArray();
  expect(listed).toMatchObject({ name: "clustered", options: { clusteredIndex: { v: 2, ...named } } });
  expect(listed).not.toHaveProperty("idIndex");
  await items.insertMany([{ _id: 2 }, { _id: 1 }]);
  await expect(items.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 11000 });
  expect(await items.find({}, { hint: "by id" }).toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
});

test.each([
  [{ key: { a: 1 }, unique: true }, 197],
  [{ key: { _id: 1 } }, 197],
  [5, 14],
])("a clustered index as %j is refused", async (clusteredIndex: Plain | number, code: number) => {
  await expect(db.command({ create: "a", clusteredIndex })).rejects.toMatchObject({ code });
});

test("measurements of a time series may have the same _id, and need their time", async () => {
  const series = await db.createCollection<Plain & { _id: number }>("series", {
    timeseries: { timeField: "at", metaField: "of" },
  });
  const at = new Date(0);
  await series.insertMany([
    { _id: 1, at, of: "a", n: 1 },
    { _id: 1, at, of: "b", n: 2 },
    { _id: 2, at, of: "a", n: 3 },
  ]);
  expect(await series.find({ _id: 1 }).sort({ n: 1 }).toArray()).toMatchObject([{ n: 1 }, { n: 2 }]);
  expect(await series.countDocuments({ _id: { $in: [1, 2] } })).toBe(3);
  expect(await series.indexes()).toEqual([{ v: 2, key: { of: 1, at: 1 }, name: "of_1_at_1" }]);
  await expect(series.insertOne({ _id: 3, n: 4 })).rejects.toMatchObject({ code: 2 });
  expect((await series.deleteMany({ of: "a" })).deletedCount).toBe(2);
  expect((await db.command({ validate: "series" })).valid).toBe(true);
});

test("a time series lets what is measured be changed, of all measurements by it, and nothing else", async () => {
  const series = await db.createCollection<Plain>("series", { timeseries: { timeField: "at", metaField: "of" } });
  await series.insertMany([1, 2, 3].map((n) => ({ at: new Date(n), of: { id: n % 2 }, n })));
  expect(await series.updateMany({ "of.id": 1 }, { $set: { "of.name": "odd" } })).toMatchObject({ modifiedCount: 2 });
  const or = { $or: [{ "of.id": 0 }, { "of.id": 5 }] };
  expect(await series.updateMany(or, { $set: { "of.name": "even" } })).toMatchObject({ modifiedCount: 1 });
  const refusals = [
    series.updateMany({ n: 1 }, { $set: { "of.id": 2 } }),
    series.updateMany({ $or: [{ "of.id": 1 }, { n: 1 }] }, { $set: { "of.id": 2 } }),
    series.updateMany({ "of.id": 1 }, { $set: { n: 2 } }),
    series.updateMany({ "of.id": 1 }, { $rename: { "of.id": "id" } }),
    series.updateMany({ "of.id": 1 }, [{ $set: { "of.id": 2 } }]),
    series.updateMany({ "of.id": 9 }, { $set: { "of.id": 2 } }, { upsert: true }),
    series.updateOne({ "of.id": 1 }, { $set: { "of.id": 2 } }),
    series.findOneAndUpdate({ "of.id": 1 }, { $set: { "of.id": 2 } }),
  ];
  for (const refusal of await Promise.allSettled(refusals))
    expect(refusal).toMatchObject({ status: "rejected", reason: { code: 72 } });
});

test("only a time series and a clustered collection say when all of it is too old", async () => {
  await expect(db.command({ create: "a", expireAfterSeconds: 5 })).rejects.toMatchObject({ code: 72 });
  await db.command({ create: "a", timeseries: { timeField: "at" }, expireAfterSeconds: 5 });
  await expect(db.command({ collMod: "a", expireAfterSeconds: "never" })).rejects.toMatchObject({ code: 14 });
  expect(await db.command({ collMod: "a", expireAfterSeconds: "off" })).toMatchObject({ ok: 1 });
});

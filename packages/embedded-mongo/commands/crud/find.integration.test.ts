import type { Collection, Db, Document as Plain } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let db: Db;
let items: Collection<Plain>;
beforeAll(async () => {
  server = await serve();
  db = (await server.connect()).db("finds");
  items = db.collection("items");
  await items.insertMany(
    Array.from({ length: 300 }, (_, n) => ({ _id: n as never, n, tens: Math.floor(n / 10), text: `t${n % 7}` })),
  );
  await items.createIndex({ tens: 1, n: -1 });
});
afterAll(() => server.end());

const ids = (found: Plain[]) => found.map(({ _id }) => _id);

test("sort, skip, limit and projection", async () => {
  const found = items.find(
    { tens: { $in: [3, 5] } },
    { sort: { n: -1 }, skip: 1, limit: 3, projection: { n: 1, _id: 0 } },
  );
  expect(await found.toArray()).toEqual([{ n: 58 }, { n: 57 }, { n: 56 }]);
});

test("batches go on where the one before ended, and a single batch ends", async () => {
  const first = await db.command({ find: "items", batchSize: 2, sort: { _id: 1 } });
  expect(ids(first.cursor.firstBatch)).toEqual([0, 1]);
  const next = await db.command({ getMore: first.cursor.id, collection: "items", batchSize: 3 });
  expect(ids(next.cursor.nextBatch)).toEqual([2, 3, 4]);
  const single = await db.command({ find: "items", batchSize: 2, singleBatch: true });
  expect(single.cursor.id).toEqual(0);
  expect(await items.find({}, { batchSize: 50 }).toArray()).toHaveLength(300);
});

test("a cursor reads the state of its beginning", async () => {
  const changing = db.collection<Plain>("changing");
  await changing.insertMany([1, 2, 3].map((n) => ({ _id: n as never })));
  const cursor = changing.find({}, { batchSize: 1 });
  await cursor.next();
  await changing.deleteMany({});
  expect(await cursor.toArray()).toHaveLength(2);
});

test("$natural, backward too, and record ids", async () => {
  expect(ids(await items.find({}).hint({ $natural: -1 }).limit(2).toArray())).toEqual([299, 298]);
  expect(ids(await items.find({}).sort({ $natural: -1 }).limit(2).toArray())).toEqual([299, 298]);
  expect((await items.find({ n: 0 }).showRecordId(true).toArray())[0]).toHaveProperty("$recordId");
});

test("min and max need the hint of their index", async () => {
  const between = items.find({}, { hint: { tens: 1, n: -1 }, min: { tens: 2, n: 25 }, max: { tens: 3, n: 38 } });
  expect((await between.toArray()).map(({ n }) => n)).toEqual([25, 24, 23, 22, 21, 20, 39]);
  await expect(items.find({}, { min: { tens: 1 } }).toArray()).rejects.toMatchObject({ code: 51173 });
});

test("returnKey gives the fields of the index", async () => {
  expect(await items.find({ tens: 4 }, { returnKey: true, limit: 1 }).toArray()).toEqual([{ tens: 4, n: 49 }]);
});

test("variables of `let` are known to $expr", async () => {
  expect(ids(await items.find({ $expr: { $eq: ["$n", "$$wanted"] } }, { let: { wanted: 7 } }).toArray())).toEqual([7]);
});

test("a collation finds and sorts without case", async () => {
  const words = db.collection<Plain>("words");
  await words.insertMany([{ _id: "b" as never }, { _id: "A" as never }, { _id: "a" as never }]);
  const options = { collation: { locale: "en", strength: 2 } };
  expect(ids(await words.find({ _id: "a" as never }, options).toArray())).toEqual(["A", "a"]);
  expect(ids(await words.find({}, { ...options, sort: { _id: 1 } }).toArray())).toEqual(["A", "a", "b"]);
});

test("count and distinct use the same filters", async () => {
  expect(await items.countDocuments({ tens: { $lt: 2 } })).toBe(20);
  expect(await db.command({ count: "items", query: { tens: { $lt: 2 } }, skip: 5, limit: 10 })).toMatchObject({
    n: 10,
  });
  expect(await items.estimatedDocumentCount()).toBe(300);
  expect(await items.distinct("tens", { n: { $lt: 25 } })).toEqual([0, 1, 2]);
});

describe("refusals", () => {
  test.each([
    [{ find: "items", filter: { $foo: 1 } }, 2],
    [{ find: "items", filter: { a: { $bar: 1 } } }, 2],
    [{ find: "items", filter: { $where: "1" } }, 2],
    [{ find: "items", limit: -1 }, 51024],
    [{ find: "items", hint: "none" }, 2],
    [{ find: "items", sort: { a: 2 } }, 15975],
    [{ find: "items", projection: { a: 1, b: 0 } }, 31254],
    [{ find: "items", awaitData: true }, 9],
    [{ find: "items", tailable: true }, 2],
    [{ find: "items", unknown: 1 }, 40415],
    [{ find: 5 }, 73],
    [{ mapReduce: "items", map: "f", reduce: "f", out: "o" }, 115],
  ])("%j", async (command, code) => {
    await expect(db.command(command)).rejects.toMatchObject({ code });
  });
});

test("a tailable cursor of a capped collection goes on with what comes", async () => {
  const capped = await db.createCollection("capped", { capped: true, size: 4096 });
  await capped.insertOne({ n: 1 });
  const cursor = capped.find({}, { tailable: true });
  expect(await cursor.next()).toMatchObject({ n: 1 });
  expect(await cursor.tryNext()).toBeNull();
  await capped.insertOne({ n: 2 });
  expect(await cursor.next()).toMatchObject({ n: 2 });
  await cursor.close();
});

test("a list of _ids is looked up, in the order of the index", async () => {
  const filter = { _id: { $in: [9, 500, 3, 7, 3] as never[] } };
  expect(ids(await items.find(filter).toArray())).toEqual([3, 7, 9]);
  expect(ids(await items.find(filter).sort({ _id: -1 }).toArray())).toEqual([9, 7, 3]);
  expect(ids(await items.find({ ...filter, n: { $gt: 3 } }).toArray())).toEqual([7, 9]);
  expect(await items.countDocuments(filter)).toBe(3);
});

test("a long search lets others run, and ends at its deadline", async () => {
  const sum = { $reduce: { input: { $range: [0, 5000] }, initialValue: 0, in: { $add: ["$$value", "$$this"] } } };
  const slow = { $expr: { $gt: [sum, 0] }, n: { $gte: 0 } };
  const ended: string[] = [];
  const search = items.countDocuments(slow).then((count) => ended.push(`search of ${count}`));
  await db.command({ ping: 1 }).then(() => ended.push("ping"));
  await search;
  expect(ended).toEqual(["ping", "search of 300"]);
  await expect(items.find(slow, { maxTimeMS: 5 }).toArray()).rejects.toMatchObject({ code: 50 });
});

test("explain names the index, its bounds and what was looked at", async () => {
  const told = await items.find({ tens: 3, n: { $gt: 35 } }).explain("executionStats");
  expect(told.queryPlanner.winningPlan).toMatchObject({
    stage: "FETCH",
    inputStage: {
      stage: "IXSCAN",
      indexName: "tens_1_n_-1",
      keyPattern: { tens: 1, n: -1 },
      direction: "forward",
      indexBounds: { tens: ["[3, 3]"], n: ["[inf.0, 35)"] },
    },
  });
  expect(told.executionStats).toMatchObject({ nReturned: 4, totalKeysExamined: 4, totalDocsExamined: 4 });
  const scan = await items.find({ text: "t1" }).sort({ n: 1 }).limit(5).explain("queryPlanner");
  expect(scan.queryPlanner.winningPlan).toMatchObject({
    stage: "SORT",
    limitAmount: 5,
    inputStage: { stage: "COLLSCAN" },
  });
  expect(scan).not.toHaveProperty("executionStats");
  const id = await items.find({ _id: 5 as never }).explain();
  expect(id.queryPlanner.winningPlan).toMatchObject({ stage: "IDHACK" });
  const counted = await db.command({ explain: { count: "items", query: { tens: 1 } } });
  expect(counted.queryPlanner.winningPlan).toMatchObject({ stage: "COUNT" });
  const deleted = await db.command({ explain: { delete: "items", deletes: [{ q: { tens: 1 }, limit: 0 }] } });
  expect(deleted.queryPlanner.winningPlan).toMatchObject({ stage: "DELETE" });
  expect(await items.countDocuments({ tens: 1 })).toBe(10);
});

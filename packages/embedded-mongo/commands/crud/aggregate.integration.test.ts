import type { Collection, Db, MongoClient, Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";

let server: TestServer;
let client: MongoClient;
let db: Db;
let items: Collection<Plain>;
beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
  client = await server.connect();
  db = client.db("pipelines");
  items = db.collection("items");
  await items.insertMany(Array.from({ length: 300 }, (_, n) => ({ _id: n as never, n, group: n % 10 })));
  await items.createIndex({ group: 1, n: 1 });
});
afterAll(() => server.end());

test("the first stages use an index, and the others follow", async () => {
  const stages = [{ $match: { group: 3 } }, { $sort: { n: -1 } }, { $limit: 2 }, { $project: { n: 1, _id: 0 } }];
  expect(await items.aggregate(stages).toArray()).toEqual([{ n: 293 }, { n: 283 }]);
  const told = await items.aggregate(stages).explain("executionStats");
  const [{ $cursor: cursor }, ...others] = told.stages;
  expect(cursor.queryPlanner.winningPlan).toMatchObject({
    stage: "LIMIT",
    inputStage: { stage: "FETCH", inputStage: { stage: "IXSCAN", indexName: "group_1_n_1", direction: "backward" } },
  });
  expect(cursor.executionStats).toMatchObject({ nReturned: 2, totalKeysExamined: 2, totalDocsExamined: 2 });
  expect(others).toEqual([{ $project: { n: 1, _id: 0 } }]);
});

test("batches of a pipeline go on where the one before ended", async () => {
  const cursor = items.aggregate([{ $sort: { _id: 1 } }, { $project: { double: { $multiply: ["$n", 2] } } }], {
    batchSize: 7,
  });
  expect((await cursor.toArray()).map(({ double }) => double)).toEqual(Array.from({ length: 300 }, (_, n) => n * 2));
});

test("counting in a pipeline is exact, with every kind of plan", async () => {
  expect(await items.countDocuments({})).toBe(300);
  expect(await items.countDocuments({ group: 4 })).toBe(30);
  expect(await items.countDocuments({ group: { $in: [1, 2] }, n: { $lt: 50 } })).toBe(10);
  expect(await items.countDocuments({ n: { $gt: 290 } })).toBe(9);
  expect(await items.countDocuments({ group: 4 }, { skip: 10, limit: 5 })).toBe(5);
  expect(await items.aggregate([{ $match: { group: 1 } }, { $count: "n" }]).toArray()).toEqual([{ n: 30 }]);
});

test("a pipeline writes a collection, and another one into it", async () => {
  await items.aggregate([{ $match: { group: 1 } }, { $out: "written" }]).toArray();
  await items.aggregate([{ $match: { group: 2 } }, { $merge: { into: "written" } }]).toArray();
  expect(await db.collection("written").countDocuments()).toBe(60);
});

test("a pipeline that writes is refused in a transaction, and one without a cursor everywhere", async () => {
  const session = client.startSession();
  session.startTransaction();
  await expect(items.aggregate([{ $out: "other" }], { session }).toArray()).rejects.toMatchObject({ code: 263 });
  await session.endSession();
  await expect(db.command({ aggregate: "items", pipeline: [] })).rejects.toMatchObject({ code: 9 });
});

test("a collection is joined with another one by its index", async () => {
  const stages = [
    { $match: { _id: { $lt: 2 } } },
    { $lookup: { from: "items", localField: "n", foreignField: "_id", as: "same" } },
    { $project: { same: "$same.n" } },
  ];
  expect(await items.aggregate(stages).toArray()).toEqual([
    { _id: 0, same: [0] },
    { _id: 1, same: [1] },
  ]);
});

test("explaining takes no write concern, and what writes no linearizable read", async () => {
  const writing = [{ $out: "other" }];
  const explained = { aggregate: "items", pipeline: writing, explain: true, writeConcern: { w: 1 } };
  await expect(db.command(explained)).rejects.toMatchObject({ codeName: "FailedToParse" });
  const { explain: _, ...inner } = explained;
  await expect(db.command({ explain: inner })).rejects.toMatchObject({ codeName: "FailedToParse" });
  const linearizable = { aggregate: "items", pipeline: writing, cursor: {}, readConcern: { level: "linearizable" } };
  await expect(db.command(linearizable)).rejects.toMatchObject({ codeName: "InvalidOptions" });
});

test("$merge that must not match tells the key that did", async () => {
  const stages = [{ $match: { n: 7 } }, { $merge: { into: "items", whenMatched: "fail" } }];
  await expect(items.aggregate(stages).toArray()).rejects.toMatchObject({
    code: 11000,
    errorResponse: { keyPattern: { _id: 1 }, keyValue: { _id: 7 } },
  });
});

test("a hint for a collection that is not there is no mistake", async () => {
  const missing = db.collection("missing");
  expect(await missing.find({}, { hint: { a: 1 } }).toArray()).toEqual([]);
  expect(await missing.updateOne({ a: 1 }, { $set: { b: 1 } }, { hint: { a: 1 } })).toMatchObject({ matchedCount: 0 });
  expect(await missing.deleteMany({ a: 1 }, { hint: { a: 1 } })).toMatchObject({ deletedCount: 0 });
});

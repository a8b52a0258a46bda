import { type Db, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningMongo, startMongo } from "../../start-mongo.ts";

let server: RunningMongo;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  server = await startMongo({});
  client = await MongoClient.connect(server.uri);
  db = client.db("crud");
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

test("what was inserted is found, in natural order", async () => {
  const collection = db.collection<{ _id: number; a: number }>("found");
  await collection.insertMany([
    { _id: 2, a: 1 },
    { _id: 1, a: 2 },
  ]);
  expect(await collection.find({}).toArray()).toEqual([
    { _id: 2, a: 1 },
    { _id: 1, a: 2 },
  ]);
  expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, a: 2 });
  expect(await collection.countDocuments({ a: { $gt: 1 } })).toBe(1);
});

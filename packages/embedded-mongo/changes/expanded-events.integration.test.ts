import type { ChangeStream, Db, MongoClient, Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let client: MongoClient;
let databases = 0;
beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
  client = await server.connect();
});
afterAll(() => server.end());

const freshDatabase = (): Db => client.db(`expanded${++databases}`);

/** A stream of the whole database with showExpandedEvents, open before anything else happens. */
async function expanded(database: Db, options: Plain = {}): Promise<ChangeStream<Plain, Plain>> {
  const stream = database.watch<Plain, Plain>([], { maxAwaitTimeMS: 20, showExpandedEvents: true, ...options });
  await stream.tryNext();
  return stream;
}

test("a collection's and an index's changes are told with what was set and what was before", async () => {
  const database = freshDatabase();
  const items = await database.createCollection("items");
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  const stream = await expanded(database);
  await database.command({ collMod: "items", changeStreamPreAndPostImages: { enabled: true } });
  await database.command({ collMod: "items", index: { name: "at_1", expireAfterSeconds: 90 } });
  await database.command({ collMod: "items" });
  const ns = { db: database.databaseName, coll: "items" };
  expect(await stream.next()).toMatchObject({
    operationType: "modify",
    ns,
    operationDescription: { changeStreamPreAndPostImages: { enabled: true } },
    stateBeforeChange: { collectionOptions: { uuid: expect.anything() } },
  });
  expect(await stream.next()).toMatchObject({
    operationType: "modify",
    ns,
    operationDescription: { index: { name: "at_1", expireAfterSeconds: 90 } },
    stateBeforeChange: { indexOptions: { expireAfterSeconds: 60 } },
  });
  expect(await stream.next()).toMatchObject({ operationType: "modify", ns, operationDescription: {} });
  await stream.close();
});

test("views are told when they are made, changed and dropped", async () => {
  const database = freshDatabase();
  await database.createCollection("items");
  const stream = await expanded(database);
  await database.createCollection("seen", { viewOn: "items", pipeline: [{ $match: { n: 1 } }] });
  await database.command({ collMod: "seen", viewOn: "items", pipeline: [] });
  await database.collection("seen").drop();
  const ns = { db: database.databaseName, coll: "seen" };
  expect(await stream.next()).toMatchObject({
    operationType: "create",
    ns,
    operationDescription: { viewOn: "items", pipeline: [{ $match: { n: 1 } }] },
  });
  expect(await stream.next()).toMatchObject({ operationType: "modify", ns, operationDescription: { pipeline: [] } });
  expect(await stream.next()).toMatchObject({ operationType: "drop", ns });
  await stream.close();
});

test("paths that are not clear are told by their components: names as strings, places in arrays as numbers", async () => {
  const database = freshDatabase();
  const items = await database.createCollection<Plain & { _id: number }>("items", {
    changeStreamPreAndPostImages: { enabled: true },
  });
  await items.insertOne({ _id: 1, towns: { 1: "a" }, list: [{ 0: "x" }], plain: 1, "dot.ted": { b: 1 } });
  const stream = await expanded(database, { fullDocument: "required" });
  const usual = database.watch<Plain, Plain>([], { maxAwaitTimeMS: 20 });
  await usual.tryNext();
  await items.updateOne({ _id: 1 }, { $set: { "towns.1": "b", "list.0.0": "y", plain: 2 } });
  await items.updateOne({ _id: 1 }, { $unset: { "towns.1": 1 } });
  await items.updateOne({ _id: 1 }, [
    { $replaceWith: { $setField: { field: "dot.ted", input: "$$ROOT", value: { b: 2, c: 3 } } } },
  ]);
  await items.updateOne({ _id: 1 }, { $set: { plain: 3 } });
  expect(await stream.next()).toMatchObject({
    updateDescription: {
      updatedFields: { "towns.1": "b", "list.0.0": "y", plain: 2 },
      disambiguatedPaths: { "towns.1": ["towns", "1"], "list.0.0": ["list", 0, "0"] },
    },
  });
  expect(await stream.next()).toMatchObject({
    updateDescription: { removedFields: ["towns.1"], disambiguatedPaths: { "towns.1": ["towns", "1"] } },
  });
  expect(await stream.next()).toMatchObject({
    updateDescription: { disambiguatedPaths: { "dot.ted.b": ["dot.ted", "b"], "dot.ted.c": ["dot.ted", "c"] } },
    fullDocument: { _id: 1, towns: {}, list: [{ 0: "y" }], plain: 2, "dot.ted": { b: 2, c: 3 } },
  });
  expect(((await stream.next()) as Plain).updateDescription).toMatchObject({ disambiguatedPaths: {} });
  expect(((await usual.next()) as Plain).updateDescription).not.toHaveProperty("disambiguatedPaths");
  await Promise.all([stream.close(), usual.close()]);
});

import type { ChangeStream, ChangeStreamOptions, MongoClient, Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let client: MongoClient;
beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
  client = await server.connect();
});
afterAll(() => server.end());

const [old, changed] = ["a".repeat(10_000_000), "b".repeat(10_000_000)];

test("an event that is too large comes in fragments, and a stream goes on behind each of them", async () => {
  const database = client.db("large");
  const items = await database.createCollection<Plain & { _id: number }>("items", {
    changeStreamPreAndPostImages: { enabled: true },
  });
  await items.insertOne({ _id: 1, text: old });
  const open = async (stages: Plain[], options: ChangeStreamOptions = {}): Promise<ChangeStream<Plain, Plain>> => {
    const wanted = { fullDocumentBeforeChange: "required", maxAwaitTimeMS: 20, ...options } as const;
    const stream = items.watch<Plain, Plain>(stages, wanted);
    if (!options.resumeAfter) await stream.tryNext();
    return stream;
  };
  const split = [{ $changeStreamSplitLargeEvent: {} }];
  const [stream, whole] = [await open(split), await open([])];
  await items.updateOne({ _id: 1 }, { $set: { text: changed } });
  await items.updateOne({ _id: 1 }, { $set: { text: "small" } });
  const [first, second, third] = [await stream.next(), await stream.next(), await stream.next()];
  expect(first).toMatchObject({ splitEvent: { fragment: 1, of: 2 }, operationType: "update" });
  expect(second).toMatchObject({ splitEvent: { fragment: 2, of: 2 } });
  expect({ ...first, ...second }).toMatchObject({
    updateDescription: { updatedFields: { text: changed } },
    fullDocumentBeforeChange: { text: old },
  });
  expect(third).toMatchObject({ updateDescription: { updatedFields: { text: "small" } } });
  expect(third).not.toHaveProperty("splitEvent");
  const behind = await open(split, { resumeAfter: first._id });
  expect((await behind.next())._id).toEqual(second._id);
  expect((await behind.next())._id).toEqual(third._id);
  await expect(whole.next()).rejects.toMatchObject({ codeName: "BSONObjectTooLarge" });
  await Promise.all([stream.close(), behind.close(), whole.close()]);
  const misplaced = items.watch([...split, { $match: {} }]);
  await expect(misplaced.next()).rejects.toMatchObject({ code: 7182802 });
});

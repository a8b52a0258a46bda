import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RunningMongo, startMongo } from "../../start-mongo.ts";

let folder: string;
let mongo: RunningMongo;
let client: MongoClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "drydock-copy-"));
  mongo = await startMongo({ dataDirectory: join(folder, "data") });
  client = await new MongoClient(mongo.uri).connect();
  await client.db("shop").collection<{ _id: number }>("orders").insertOne({ _id: 1 });
});

afterEach(async () => {
  await client.close();
  await mongo.stop();
  rmSync(folder, { recursive: true });
});

const copyTo = (path: string) => client.db("admin").command({ drydockCopyTo: path });

test("a running server copies its data, also while writes are held back, and another starts on the copy", async () => {
  const copy = join(folder, "a/copy");
  await client.db("admin").command({ fsync: 1, lock: true });
  expect(await copyTo(copy)).toMatchObject({ ok: 1, path: copy });
  await client.db("admin").command({ fsyncUnlock: 1 });
  await client.db("shop").collection<{ _id: number }>("orders").insertOne({ _id: 2 });
  const other = await startMongo({ dataDirectory: copy });
  const reader = await new MongoClient(other.uri).connect();
  expect(await reader.db("shop").collection("orders").find().toArray()).toEqual([{ _id: 1 }]);
  await reader.close();
  await other.stop();
});

test("what is in the way stays, and is named", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(copyTo(folder)).rejects.toThrow("drydockCopyTo: the folder is not empty");
  await expect(copyTo(join(folder, "file/x"))).rejects.toThrow("ENOTDIR");
  await expect(copyTo("relative")).rejects.toThrow("drydockCopyTo needs an absolute path");
  expect(existsSync(join(folder, "file"))).toBe(true);
});

import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { BSON, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillServers } from "../snapshot/testing/every-type.ts";
import { loadMongo } from "./mongo/load-mongo.ts";
import { compareCollections, readMongoFacts } from "./mongo/mongo-facts.ts";
import { readDump } from "./mongo/read-dump.ts";
import { dumpFilesOf } from "./read-foreign-dump.ts";
import { embeddedMongo, embeddedRedis, type LoneServer } from "./testing/lone-servers.ts";
import { findMongoTools } from "./testing/mongo-tools.ts";
import { takeBackup, temporaryStore } from "./testing/take-backup.ts";

const tools = findMongoTools();
const { signal } = new AbortController();
const run = promisify(execFile);

describe.skipIf(typeof tools === "string")(
  `MongoDB's own mongodump and mongorestore, with the embedded servers${typeof tools === "string" ? tools : ""}`,
  () => {
    const { mongodump, mongorestore } = typeof tools === "string" ? { mongodump: "", mongorestore: "" } : tools;
    let full: LoneServer;
    let empty: LoneServer;
    let redis: LoneServer;
    let place: Awaited<ReturnType<typeof temporaryStore>>;

    beforeAll(async () => {
      [full, empty, redis, place] = await Promise.all([
        embeddedMongo(),
        embeddedMongo(),
        embeddedRedis(),
        temporaryStore(),
      ]);
      await fillServers(full.uri, redis.uri, 1_000);
      await addOddities(full.uri);
    });
    afterAll(async () => {
      await Promise.all([full, empty, redis].map((server) => server.stop()));
      await place.remove();
    });

    const same = async () => {
      const wanted = await readMongoFacts(full.uri, signal);
      expect(wanted.length).toBeGreaterThan(8);
      expect(compareCollections(wanted, await readMongoFacts(empty.uri, signal))).toEqual([]);
    };
    const drop = () => emptyServer(empty.uri);

    it.each(["directory", "archive"] as const)("mongorestore reads a backup of ours as a %s", async (layout) => {
      await drop();
      const manifest = await takeBackup(
        place.store,
        { mongoUri: full.uri, redisUri: redis.uri },
        { id: `20261130T0${layout === "archive" ? 1 : 2}0000Z-tools`, layout },
      );
      const folder = join(place.folder, manifest.id, "mongo");
      const from = layout === "archive" ? [`--archive=${join(folder, "dump.archive.gz")}`] : [folder];
      await run(mongorestore, ["--uri", empty.uri, "--gzip", "--stopOnError", ...from]);
      await same();
    });

    it.each([
      ["a directory", []],
      ["a compressed directory", ["--gzip"]],
      ["an archive", ["--archive"]],
      ["a compressed archive", ["--archive", "--gzip"]],
    ])("ours reads %s of mongodump", async (_title, words) => {
      await drop();
      const folder = await mkdtemp(join(tmpdir(), "drydock-mongodump-"));
      try {
        const target = join(folder, "dump");
        const to = words.includes("--archive") ? [`--archive=${target}`] : ["--out", target];
        await run(mongodump, ["--uri", full.uri, ...words.filter((word) => word !== "--archive"), ...to]);
        expect(await readdir(folder)).toEqual(["dump"]);
        const order = {
          only: [],
          isAside: false,
          check: async () => undefined,
          onDocuments: () => undefined,
          at: () => undefined,
          signal,
        };
        await loadMongo(empty.uri, readDump(await dumpFilesOf(target)), order);
        await same();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);

/** Collections that are more than documents, and values that JavaScript has no word for. */
async function addOddities(uri: string): Promise<void> {
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db("shop");
    await db.createCollection("log", { capped: true, size: 4096, max: 10 });
    await db.collection("log").insertOne({ line: 1 });
    await db.createCollection("checked", {
      validator: { $jsonSchema: { required: ["name"] } },
      validationLevel: "moderate",
    });
    await db.collection("checked").insertOne({ name: "x" });
    await db.createCollection("cheap", { viewOn: "checked", pipeline: [{ $match: { price: { $lt: 5 } } }] });
    await db.collection("a/b c%").insertOne({ odd: true });
    await db.collection("times").createIndexes([
      { key: { at: 1 }, expireAfterSeconds: 1e9 },
      { key: { email: 1 }, unique: true, partialFilterExpression: { email: { $exists: true } } },
    ]);
    await db.collection("times").insertMany([
      { at: new Date(), zero: new BSON.Timestamp({ t: 0, i: 0 }) },
      { at: new Date(-1), symbol: new BSON.BSONSymbol("s"), code: new BSON.Code("f()", { a: 1 }) },
    ]);
    await client.db("other").collection("empty").createIndex({ a: 1 });
  } finally {
    await client.close();
  }
}

async function emptyServer(uri: string): Promise<void> {
  const client = await new MongoClient(uri).connect();
  try {
    for (const name of ["shop", "other"]) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

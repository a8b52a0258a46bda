// The embedded MongoDB by its budgets; beside each figure that another MongoDB has, the same there, where there is one: see other-mongo.mjs.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { openOtherMongo } from "./other-mongo.mjs";
import { figureRow, rateRow, timeRow } from "./rows.mjs";
import { openServer } from "./serve.mjs";

const runs = 5;
const million = 1_000_000;
const dev = join(import.meta.dirname, "../../packages/cli/bin/dev.js");
const ours = (port, folder) => [process.execPath, dev, "serve", "mongo", "--port", `${port}`, "--data", folder];

export const name = "embedded-mongo";

export async function* measure() {
  const ready = [];
  for (let run = 0; run < runs; run++) {
    const server = await openServer(ours, answers);
    ready.push(server.readyMs);
    await server.remove();
  }
  yield timeRow("embedded MongoDB, ready from spawn", ready, 300);
  const other = await openOtherMongo(answers);
  try {
    if (other.reason !== undefined) console.error(`  nothing beside it: ${other.reason}`);
    else yield timeRow(`the same, ${other.name}`, [other.readyMs]);
    const mine = await open(ours);
    const sides = other.reason === undefined ? { mine, other } : { mine };
    try {
      yield* rates(sides);
      yield* scans(sides);
    } finally {
      await mine.close();
    }
    yield* manyDocuments();
    if (other.reason === undefined) yield* manyDocumentsThere(other);
  } finally {
    await other.close?.();
  }
}

/** Bulk and single inserts. */
async function* rates(sides) {
  const found = { bulk: { mine: [], other: [] }, single: { mine: [], other: [] } };
  for (let run = -1; run < 3; run++)
    for (const [side, { database }] of Object.entries(sides)) {
      const bulk = await insertMany(database.collection(`bulk${run}`), 20_000);
      const single = await insertSingly(database.collection(`single${run}`), side === "mine" ? 20_000 : 4_000);
      await database.collection(`bulk${run}`).drop();
      if (run < 0) continue;
      found.bulk[side].push(bulk);
      found.single[side].push(single);
    }
  const beside = (samples) => (sides.other ? samples : undefined);
  yield rateRow("insertMany of documents of 1 KB", found.bulk.mine, 40_000, beside(found.bulk.other));
  yield rateRow("single inserts, w: 1, 20 at once", found.single.mine, 8_000, beside(found.single.other));
}

/** A filter of three fields over 100,000 documents of 1 KB, without an index. */
async function* scans(sides) {
  const times = { mine: [], other: [] };
  for (const [side, { database }] of Object.entries(sides)) {
    const collection = database.collection("scan");
    await insertMany(collection, 100_000);
    const filter = { group: { $gte: 10 }, kind: "b", score: { $lt: 0.001 } };
    for (let run = -1; run < runs; run++) {
      const startedAt = performance.now();
      await collection.find(filter).toArray();
      if (run >= 0) times[side].push(performance.now() - startedAt);
    }
  }
  yield timeRow("scan of 100,000 documents of 1 KB, three fields", times.mine, 400);
  if (sides.other) yield timeRow(`the same, ${sides.other.name}`, times.other);
}

/** A million documents: what finding one costs, the heap, and a restart with them. */
async function* manyDocuments() {
  const server = await open(ours);
  let { client, database } = server;
  let running = server.server;
  try {
    const small = database.collection("small");
    await insertMany(small, 10_000);
    await small.createIndex({ score: 1 });
    const large = database.collection("large");
    let heap = 0;
    const watch = setInterval(async () => {
      heap = Math.max(heap, await heapMb(database).catch(() => 0));
    }, 250);
    try {
      await insertMany(large, million);
      await large.createIndex({ score: 1 });
      await large.countDocuments({ group: -1 });
      let seen = 0;
      for await (const _ of large.find().sort({ score: 1 }).batchSize(5_000)) seen++;
      if (seen !== million) throw new Error(`the sorted scan gave ${seen} documents`);
    } finally {
      clearInterval(watch);
    }
    yield figureRow("heap while 1,000,000 documents are loaded, indexed, scanned and sorted", [heap], "MB", 250);
    yield* lookUps(small, large, { budget: 2 });
    const restarts = [];
    for (let run = 0; run < 3; run++) {
      await client.close();
      running = await running.restart();
      restarts.push(running.readyMs);
      ({ client, database } = await connect(running));
    }
    yield timeRow("restart with 1,010,000 documents, until it answers", restarts, 500);
  } finally {
    await client.close();
    await running.remove();
  }
}

/** The same look-ups in the other MongoDB, with as many documents. */
async function* manyDocumentsThere({ name, database }) {
  const [small, large] = [database.collection("small"), database.collection("large")];
  for (const [collection, count] of [
    [small, 10_000],
    [large, million],
  ]) {
    await insertMany(collection, count);
    await collection.createIndex({ score: 1 });
  }
  yield* lookUps(small, large, { where: `, ${name}` });
}

async function* lookUps(small, large, { where = "", budget }) {
  const byId = await ratios(small, large, (document) => ({ _id: document._id }));
  yield figureRow(`find by _id, 1,000,000 documents against 10,000${where}`, byId, "x", budget);
  const byIndex = await ratios(small, large, (document) => ({ score: document.score }));
  yield figureRow(`find by index, 1,000,000 documents against 10,000${where}`, byIndex, "x", budget);
}

async function ratios(small, large, filterFor) {
  const sample = async (collection) =>
    await collection.aggregate([{ $limit: 10_000 }, { $sample: { size: 2_000 } }]).toArray();
  const [few, many] = [await sample(small), await sample(large)];
  const found = [];
  for (let run = -1; run < runs; run++) {
    const [a, b] = [await findAll(small, few, filterFor), await findAll(large, many, filterFor)];
    if (run >= 0) found.push(b / a);
  }
  return found;
}

async function findAll(collection, documents, filterFor) {
  const startedAt = performance.now();
  for (const document of documents) {
    if (!(await collection.findOne(filterFor(document)))) throw new Error("a document was not found");
  }
  return performance.now() - startedAt;
}

async function insertMany(collection, count) {
  let ms = 0;
  const batches = Math.ceil(count / 5_000);
  for (let batch = 0; batch < batches; batch++) {
    const documents = Array.from({ length: Math.min(5_000, count - batch * 5_000) }, makeDocument);
    const startedAt = performance.now();
    await collection.insertMany(documents, { ordered: false });
    ms += performance.now() - startedAt;
  }
  return count / (ms / 1000);
}

async function insertSingly(collection, count) {
  const documents = Array.from({ length: count }, makeDocument);
  let next = 0;
  const writer = async () => {
    for (let index = next++; index < count; index = next++) await collection.insertOne(documents[index]);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 20 }, writer));
  return count / ((performance.now() - startedAt) / 1000);
}

const kinds = ["a", "b", "c", "d"];
const padding = randomBytes(420).toString("hex");

/** A document of 1 KB. */
function makeDocument() {
  return {
    group: Math.floor(Math.random() * 100),
    kind: kinds[Math.floor(Math.random() * 4)],
    score: Math.random(),
    name: `name ${Math.floor(Math.random() * 1e9)}`,
    at: new Date(),
    tags: ["x", "y"],
    address: { city: "Bern", zip: "3000" },
    padding,
  };
}

async function open(command) {
  const server = await openServer(command, answers);
  const { client, database } = await connect(server);
  const close = async () => {
    await client.close();
    await server.remove();
  };
  return { server, client, database, close };
}

async function connect({ port }) {
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  return { client, database: client.db("bench") };
}

/** What V8 has in use, as serverStatus of the embedded server tells it. */
async function heapMb(database) {
  const { extra_info: info } = await database.admin().command({ serverStatus: 1 });
  return Number(info.heap_usage_bytes) / 1024 ** 2;
}

async function answers(port) {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 50,
  });
  try {
    await client.db("admin").command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

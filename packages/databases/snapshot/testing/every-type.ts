import { createHash } from "node:crypto";
import { BSON, MongoClient } from "mongodb";
import { contentOf } from "../compare/redis-content.ts";
import { withRedis } from "../save-redis.ts";

const { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, BSONRegExp, Timestamp, UUID } = BSON;

/** Five shapes of documents, which have every BSON type between them. */
const shapes: readonly ((index: number) => object)[] = [
  (index) => ({ text: `document ${index}`, number: new Double(index / 3), flag: index % 2 === 0, nothing: null }),
  (index) => ({
    long: Long.fromNumber(2 ** 40 + index),
    int: new Int32(index),
    decimal: Decimal128.fromString(`${index}.10`),
  }),
  (index) => ({
    at: new Date(1.7e12 + index),
    stamp: new Timestamp({ t: index, i: 1 }),
    pattern: new BSONRegExp("^a", "i"),
  }),
  (index) => ({
    bytes: new Binary(Buffer.from(`b${index}`)),
    uuid: new UUID("2f9a1b52-6a31-4bd0-9d4e-0c8f4d1c9a11"),
    list: [index, [index]],
  }),
  (index) => ({
    nested: { deeper: { index } },
    id: ObjectId.createFromTime(index),
    low: new MinKey(),
    high: new MaxKey(),
  }),
];

/** Fills both servers: so many documents of five shapes with an index, and a Redis key of every type. @throws the drivers' errors */
export async function fillServers(mongoUri: string, redisUri: string, documents: number): Promise<void> {
  const client = await new MongoClient(mongoUri).connect();
  try {
    for (const [number, shape] of shapes.entries()) {
      const collection = client.db("shop").collection<{ _id: number }>(`shape${number}`);
      await collection.createIndex({ text: 1, int: 1 });
      const count = documents / shapes.length;
      for (let from = 0; from < count; from += 1_000) {
        const ids = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => from + index);
        await collection.insertMany(
          ids.map((_id) => ({ _id, ...shape(_id) })),
          { ordered: false },
        );
      }
    }
  } finally {
    await client.close();
  }
  await withRedis(redisUri, async (redis) => {
    await redis.set("string", Buffer.from([0, 255, 10, 13]));
    await redis.set("fading", "soon", "PX", 3_600_000);
    await redis.rpush("list", "a", "b", "a");
    await redis.sadd("set", "x", "y", "z");
    await redis.hset("hash", { one: "1", two: "2" });
    await redis.zadd("sorted", 1.5, "low", 2, "high");
    await redis.xadd("stream", "1-1", "field", "value");
    await redis.select(3);
    await redis.set("elsewhere", "in database 3");
  });
}

/** A hash of every document, index and key; the same for the same data. @throws the drivers' errors */
export async function hashOf(mongoUri: string, redisUri: string): Promise<string> {
  const hash = createHash("sha256");
  const client = await new MongoClient(mongoUri).connect();
  try {
    for (const number of shapes.keys()) {
      const collection = client.db("shop").collection(`shape${number}`);
      for await (const document of collection.find({}, { raw: true, sort: { _id: 1 } }).stream())
        hash.update(bytesOf(document));
      hash.update(JSON.stringify((await collection.indexes()).map(({ key }) => key)));
    }
  } finally {
    await client.close();
  }
  await withRedis(redisUri, async (redis) => {
    for (const database of [0, 3]) {
      await redis.select(database);
      for (const key of (await redis.keys("*")).sort())
        hash.update(`${key} ${await contentOf(redis, Buffer.from(key))}\n`);
    }
  });
  return hash.digest("hex");
}

/** Changes something of both. @throws the drivers' errors */
export async function spoil(mongoUri: string, redisUri: string): Promise<void> {
  const client = await new MongoClient(mongoUri).connect();
  try {
    const shop = client.db("shop");
    await shop.collection<{ _id: number }>("shape0").deleteOne({ _id: 1 });
    await shop.collection<{ _id: number }>("shape1").insertOne({ _id: -1 });
    await shop.collection<{ _id: number }>("shape2").updateOne({ _id: 2 }, { $set: { changed: true } });
    await shop.collection("shape3").dropIndexes();
  } finally {
    await client.close();
  }
  await withRedis(redisUri, async (redis) => {
    await redis.del("list");
    await redis.set("string", "other");
    await redis.set("new", "key");
  });
}

/** With `raw`, the driver gives documents as the server sent them. */
function bytesOf(document: unknown): Uint8Array {
  if (!(document instanceof Uint8Array)) throw new TypeError("a document did not come as BSON");
  return document;
}

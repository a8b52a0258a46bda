import { afterAll, beforeAll, expect, it } from "vitest";
import { embeddedRedis, type LoneServer } from "../backup/testing/lone-servers.ts";
import { withRedis } from "../snapshot/save-redis.ts";
import { madeKeys } from "./redis-target.ts";
import { shortestSeededTtl } from "./shortest-seeded-ttl.ts";

let server: LoneServer;
beforeAll(async () => {
  server = await embeddedRedis();
});
afterAll(() => server.stop());

it("is that of the keys that seeding made, in any database, and not that of a queue's locks", async () => {
  await withRedis(server.uri, async (redis) => {
    await redis.set("bull:orders:stalled-check", "1", "PX", 30_000);
    await redis.set("forever", "1");
    await redis.sadd(madeKeys("kept"), "forever");
  });
  expect(await shortestSeededTtl(server.uri)).toBeUndefined();
  await withRedis(server.uri, async (redis) => {
    await redis.select(3);
    const keys = Array.from({ length: 3_000 }, (_, index) => `session:${index}`);
    const pipeline = redis.pipeline().sadd(madeKeys("sessions"), ...keys);
    for (const [index, key] of keys.entries()) pipeline.set(key, "1", "PX", index === 1_500 ? 3_600_000 : 7_200_000);
    await pipeline.exec();
  });
  const shortest = await shortestSeededTtl(server.uri);
  expect(shortest).toBeGreaterThan(3_000_000);
  expect(shortest).toBeLessThanOrEqual(3_600_000);
});

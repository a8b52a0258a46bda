import { afterEach, describe, expect, it } from "vitest";
import { type DevStack, placeAbsence, startStack } from "../snapshot/testing/dev-stack.ts";
import { fillServers, hashOf } from "../snapshot/testing/every-type.ts";
import { embeddedMongo, embeddedRedis, type LoneServer } from "./testing/lone-servers.ts";
import { bringBack, takeBackup, temporaryStore } from "./testing/take-backup.ts";

const missing = placeAbsence("docker");

describe.skipIf(missing !== undefined)(`between the embedded servers and containers${missing ?? ""}`, () => {
  let stack: DevStack | undefined;
  let servers: readonly LoneServer[] = [];
  afterEach(async () => {
    await Promise.all([stack?.remove(), ...servers.map((server) => server.stop())]);
  });

  it("a backup brings the same hash and indexes there, and back again", async () => {
    const place = await temporaryStore();
    stack = await startStack("docker");
    const [mongo, redis, otherMongo, otherRedis] = await Promise.all([
      embeddedMongo(true),
      embeddedRedis(),
      embeddedMongo(),
      embeddedRedis(),
    ]);
    servers = [mongo, redis, otherMongo, otherRedis];
    try {
      await fillServers(mongo.uri, redis.uri, 1_000);
      const hash = await hashOf(mongo.uri, redis.uri);
      const there = await takeBackup(place.store, { mongoUri: mongo.uri, redisUri: redis.uri });
      await bringBack(place.store, there, stack, true);
      expect(await hashOf(stack.mongoUri, stack.redisUri)).toBe(hash);
      const back = await takeBackup(place.store, stack, { id: "20261130T090000Z-back" });
      await bringBack(place.store, back, { mongoUri: otherMongo.uri, redisUri: otherRedis.uri }, false);
      expect(await hashOf(otherMongo.uri, otherRedis.uri)).toBe(hash);
    } finally {
      await place.remove();
    }
  });
});

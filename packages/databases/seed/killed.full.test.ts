import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { type Db, MongoClient } from "mongodb";
import { afterEach, describe, expect, it } from "vitest";
import { contentOf } from "../snapshot/compare/redis-content.ts";
import { withRedis } from "../snapshot/save-redis.ts";
import { type DevStack, type Place, placeAbsence, startStack } from "../snapshot/testing/dev-stack.ts";

const files = {
  "dev.config.ts": 'import { defineConfig } from "drydock";\nexport default defineConfig({ data: { seed: false } });\n',
  "seeds/shop.ts": `import { dataset, faker, id, prose, redis, ref } from "drydock";
export default dataset("shop", {
  people: { count: 20_000, indexes: [{ key: { name: 1 } }], document: () => ({ _id: id(), name: faker.person.fullName(), notes: prose(300) }) },
  visits: { count: 10_000, document: () => ({ _id: id(), by: ref("people"), where: faker.location.city() }) },
}, {
  database: "shop",
  redis: { baskets: { count: 8_000, key: ({ index }) => "basket:" + index, value: () => redis.hash({ item: faker.commerce.product() }) } },
  after: async ({ mongo }) => {
    const { cursor } = await mongo({ aggregate: "visits", pipeline: [{ $group: { _id: "$where", n: { $sum: 1 } } }, { $out: "places" }], cursor: {} });
    if (cursor.firstBatch.length > 0) throw new Error("nothing is to come");
  },
});
`,
};

let stack: DevStack | undefined;
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
});

/** The moments at which a run is killed: so many documents or keys are there. */
const moments = [
  ["people", 1],
  ["people", 8_000],
  ["visits", 3_000],
  ["baskets", 1],
  ["baskets", 4_000],
] as const;

for (const place of ["embedded", "programs"] as const) {
  const missing = placeAbsence(place);
  describe.skipIf(missing !== undefined)(`seeding ${place} servers, whose supervisor is killed${missing ?? ""}`, () => {
    it("goes on where it was, says so, and makes what an undisturbed run makes", async () => {
      const { dev, supervisorPid, ...uris } = await startSeedable(place);
      const seed = async (...words: readonly string[]) =>
        dev("seed", "shop", "--no-cache", "--now", "2026-11-30", ...words);
      expect(await seed()).toContain("seeded shop: 20,000 people, 10,000 visits, 8,000 keys");
      const undisturbed = await hashOf(uris);
      /** Seeds empty databases and kills the supervisor at that moment; false where the seeding was over before. */
      const killAt = async (what: string, count: number): Promise<boolean> => {
        await dev("down", "--volumes", "--yes");
        await dev("up", "--detach");
        const pid = await supervisorPid();
        let end: string | undefined;
        const running = seed().then(
          () => {
            end = "";
          },
          (error: unknown) => {
            end = String(error);
          },
        );
        await untilThere(uris, what, count, () => end !== undefined);
        process.kill(pid, "SIGKILL");
        await running;
        if (end !== "") expect(end, `${what} ${count}`).toContain("The supervisor ended before it answered.");
        return end !== "";
      };
      for (const [what, count] of moments) {
        // The run may be through before the kill arrives, or all but its answer or what comes after the documents: then that moment is tried again.
        const said = await eventually(async () => {
          if (!(await killAt(what, count))) return undefined;
          await dev("up", "--detach");
          const answer = await seed();
          return /^All of it is there(?: already\.|\. The last run was interrupted)/m.test(answer) ? undefined : answer;
        }, 600_000);
        expect(said, `${what} ${count}`).toMatch(/\nseeded shop: .* s, from where it was interrupted\n$/);
        expect(await hashOf(uris), `${what} ${count}`).toBe(undisturbed);
        expect(await seed()).toContain("All of it is there already.");
      }
    });
  });
}

async function startSeedable(place: Place): Promise<DevStack> {
  stack = await startStack(place, "yes", (directory) => {
    mkdirSync(join(directory, "seeds"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  });
  return stack;
}

type Uris = Pick<DevStack, "mongoUri" | "redisUri">;

async function withMongo<T>({ mongoUri }: Uris, work: (database: Db) => Promise<T>): Promise<T> {
  const client = await new MongoClient(mongoUri).connect();
  try {
    return await work(client.db("shop"));
  } finally {
    await client.close();
  }
}

/** Resolves when so many are there, or when the run has ended. */
async function untilThere(uris: Uris, what: string, count: number, isOver: () => boolean): Promise<void> {
  const reach = (look: () => Promise<number>) => eventually(async () => isOver() || (await look()) >= count, 120_000);
  // Keys are noted before they are written.
  if (what === "baskets") await withRedis(uris.redisUri, (redis) => reach(() => redis.scard("_drydock:keys:baskets")));
  else await withMongo(uris, (database) => reach(() => database.collection(what).countDocuments()));
}

/** Every document, index and key but the marks of seeding. */
async function hashOf(uris: Uris): Promise<string> {
  const hash = createHash("sha256");
  await withMongo(uris, async (database) => {
    for (const name of ["people", "visits", "places"]) {
      const collection = database.collection(name);
      const sort = { _id: 1 } as const;
      for await (const document of collection.find({}, { raw: true, sort }).stream()) hash.update(bytesOf(document));
      hash.update(JSON.stringify((await collection.indexes()).map(({ key }) => key)));
    }
  });
  await withRedis(uris.redisUri, async (redis) => {
    for (const key of (await redis.keys("basket:*")).sort())
      hash.update(`${key} ${await contentOf(redis, Buffer.from(key))}\n`);
  });
  return hash.digest("hex");
}

/** With `raw`, the driver gives documents as the server sent them. */
function bytesOf(document: unknown): Uint8Array {
  if (!(document instanceof Uint8Array)) throw new TypeError("a document did not come as BSON");
  return document;
}

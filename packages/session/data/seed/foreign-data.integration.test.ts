import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { foreignData } from "@drydock/databases";
import { startMongo } from "@drydock/embedded-mongo";
import { startRedis } from "@drydock/embedded-redis";
import { expect, test } from "vitest";
import { openFakeSession, shopCompose } from "../../fixtures/fake-session.ts";
import { inlineSeedThread } from "../../fixtures/inline-seed-thread.ts";
import { seed } from "./seed.ts";

const dataset = (name: string, collection: string, key: string) => `import { dataset, id, redis } from "drydock";
export default dataset("${name}", { ${collection}: { count: 3, document: () => ({ _id: id() }) } }, {
  redis: { ${key}: { key: "${key}", value: () => redis.string("hello") } },
});
`;

test("what a seeding made is told from what anybody else did, wherever that is (on the embedded servers)", async () => {
  const { signal } = new AbortController();
  const [mongo, redis, fake] = await Promise.all([startMongo(), startRedis(), openFakeSession(shopCompose)]);
  try {
    await fake.session.load(fake.source, [], signal);
    await mkdir(join(fake.source.directory, "seeds"));
    const put = async (name: string, text: string, database: string, number: number) => {
      await writeFile(join(fake.source.directory, `seeds/${name}.ts`), text);
      const to = [`${mongo.uri.replace("/?", `/${database}?`)}`, `${redis.uri}/${number}`];
      const plain = { source: fake.source, counts: {}, only: [], reset: true, dryRun: false, allowRemote: [] };
      await seed(
        fake.session,
        { ...plain, dataset: name, to, useCache: true },
        () => undefined,
        signal,
        inlineSeedThread,
      );
    };
    const look = (entries: readonly string[], collections: readonly string[], isEmpty = false) => {
      const places = { mongo: { uri: mongo.uri, database: "shop" }, redis: { uri: `${redis.uri}/0` } };
      return foreignData(places, { collections, entries }, isEmpty);
    };
    expect(await look([], [], true)).toBeUndefined();
    await put("demo", dataset("demo", "people", "greeting"), "shop", 0);
    expect(await look(["greeting"], ["people"])).toBeUndefined();
    expect(await look(["greeting"], ["people"], true)).toMatch(/^shop\.\w+ has documents$/);
    expect(await look(["greeting"], [])).toBe("shop.people has documents");
    expect(await look([], ["people"])).toBe("database 0 of Redis has other keys");
    await put("other", dataset("other", "things", "bye"), "shop", 3);
    expect(await look(["greeting"], ["people"])).toBe("shop.things has documents");
    expect(await look(["greeting"], ["people", "things"])).toBe("database 3 of Redis has keys");
    await put("other", dataset("other", "things", "bye"), "elsewhere", 3);
    expect(await look(["greeting"], ["people", "things"])).toBe("elsewhere._drydock has documents");
  } finally {
    await Promise.all([mongo.stop(), redis.stop(), fake.close()]);
  }
});

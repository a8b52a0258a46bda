import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, engineVariables, run } from "./fixtures/checkout.ts";

const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

const dataset = `import { dataset, faker, id, redis } from "drydock";
export default dataset("small", {
  people: { count: 100, document: () => ({ _id: id(), name: faker.person.fullName() }) },
}, { redis: { greeting: { key: "greeting", value: () => redis.string("hello") } } });
`;

/** Finds all of the dataset, spoils it, and says whose databases it had. */
const look = `import { MongoClient } from "mongodb";
import { Redis } from "ioredis";
export async function look() {
  const mongo = await MongoClient.connect(process.env.DATABASE);
  const redis = new Redis(process.env.REDIS_URL);
  const people = mongo.db().collection("people");
  const found = [mongo.db().databaseName, await people.countDocuments(), await redis.get("greeting")];
  await people.deleteMany({});
  await redis.flushall();
  await mongo.close();
  redis.disconnect();
  return found;
}
`;

const vitestFile = `import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { look } from "./look.js";
test("it is all there", async () => {
  const { VITEST_POOL_ID: worker, DATABASE, MONGO_URL } = process.env;
  writeFileSync(\`seen-\${expect.getState().testPath.at(-9)}.json\`, JSON.stringify({ worker, DATABASE, MONGO_URL }));
  expect(await look()).toEqual(["shop", 100, "hello"]);
});
`;

const nodeTest = `import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { testDatabases } from "drydock/test";
import { look } from "./look.js";
const databases = await testDatabases({ dataset: "small" });
Object.assign(process.env, databases.variables);
beforeEach(() => databases.reset());
after(() => databases.stop());
for (const name of ["first", "second"])
  test(name, async () => assert.deepEqual(await look(), ["shop", 100, "hello"]));
`;

describe("a project whose tests use drydock, on the embedded servers", () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await Checkout.of(
      {
        "package.json": '{ "type": "module" }',
        "compose.yaml": `services:
  mongo: { image: "mongo:8" }
  redis: { image: "redis:8" }
  api: { image: "node:24-slim", environment: { DATABASE: "mongodb://mongo/shop" } }
`,
        "seeds/small.ts": dataset,
        "look.js": look,
        "a.test.js": vitestFile,
        "b.test.js": vitestFile,
        "c.test.js": vitestFile,
        "data.node.js": nodeTest,
        "vitest.config.js": `import { databases } from "drydock/vitest";
import { defineConfig } from "vitest/config";
export default defineConfig({ plugins: [databases({ dataset: "small" })], test: { maxWorkers: 2 } });
`,
      },
      engineVariables("embedded"),
    );
    await mkdir(join(checkout.directory, "node_modules"));
    for (const name of ["vitest", "mongodb", "ioredis", "drydock"])
      await symlink(join(modules, name), join(checkout.directory, "node_modules", name));
  });
  afterAll(() => checkout?.remove());

  const node = (...words: readonly string[]) => run(process.execPath, words, checkout.directory, checkout.variables);

  it("vitest: each worker has databases of its own, with all the data again before each file", async () => {
    const { exitCode, stdout, stderr } = await node("node_modules/vitest/vitest.mjs", "run");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("3 passed");
    const seen = await Promise.all(
      ["a", "b", "c"].map((name) => readFile(join(checkout.directory, `seen-${name}.json`), "utf8")),
    );
    const places = new Set(seen.map((text) => JSON.parse(text)).map(({ worker, DATABASE }) => `${worker} ${DATABASE}`));
    const urls = new Set(seen.map((text) => JSON.parse(text).DATABASE));
    expect([places.size, urls.size]).toEqual([2, 2]);
  });

  it("node:test: the data is there again for each test", async () => {
    const { exitCode, stdout } = await node("--test", "data.node.js");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("pass 2")]);
  });
});

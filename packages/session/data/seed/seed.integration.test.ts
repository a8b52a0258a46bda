import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeedOutcome, SeedThread } from "@drydock/databases";
import { type RunningMongo, startMongo } from "@drydock/embedded-mongo";
import { type RunningRedis, startRedis } from "@drydock/embedded-redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeSession, openFakeSession, shopCompose } from "../../fixtures/fake-session.ts";
import { inlineSeedThread } from "../../fixtures/inline-seed-thread.ts";
import type { SeedRequest } from "../../supervisor.ts";
import { seed } from "./seed.ts";

const { signal } = new AbortController();

const shop = `import { bson, dataset, dateIn, faker, id, perEach, between, redis, ref, unique } from "drydock";
export default dataset("shop", {
  people: {
    count: 30,
    indexes: [{ key: { email: 1 }, unique: true }],
    validator: { $jsonSchema: { required: ["email"] } },
    document: () => ({ _id: id(), name: faker.person.fullName(), email: unique(faker.internet.email()), score: bson.long("9007199254740993") }),
  },
  visits: { count: perEach("people", between(50, 150)), document: ({ parent }) => ({ _id: id(), of: parent, at: dateIn({ last: "9d" }) }) },
}, {
  redis: {
    sessions: { count: 5, key: ({ index }) => "session:" + index, value: () => redis.hash({ of: ref("people") }, { expiresIn: "1h" }) },
    list: { key: "list", value: () => redis.list([1, "b"]) },
    ranks: { key: "ranks", value: () => redis.sortedSet([["a", 1.5]]) },
    log: { key: "log", value: ({ now }) => redis.stream([{ at: now, fields: { a: 1 } }]) },
    tags: { key: "tags", value: () => redis.set(["x"]) },
    bits: { key: "bits", value: () => redis.bits([7]) },
    guests: { key: "guests", value: () => redis.hyperLogLog(["a", "b"]) },
    places: { key: "places", value: () => redis.geo([{ longitude: 7.4, latitude: 46.9, member: "Bern" }]) },
    text: { key: "text", value: () => redis.json({ a: 1 }) },
  },
  after: async ({ mongo, redis, counts }) => {
    const { n } = await mongo({ count: "visits" });
    if (n !== counts.visits) throw new Error("there are " + n + " visits");
    const { cursor } = await mongo({ aggregate: "people", pipeline: [{ $match: { score: { $type: "long" }, _id: { $type: "objectId" } } }, { $count: "n" }], cursor: {} });
    if (cursor.firstBatch[0].n !== 30) throw new Error(JSON.stringify(cursor));
    const types = { "session:4": "hash", list: "list", ranks: "zset", log: "stream", tags: "set", bits: "string", guests: "string", places: "zset", text: "string" };
    for (const [key, type] of Object.entries(types)) if ((await redis("TYPE", key)) !== type) throw new Error(key + " is " + (await redis("TYPE", key)));
    if (!((await redis("PTTL", "session:4")) > 0)) throw new Error("the session stays for ever");
    await mongo({ insert: "log", documents: [{ _id: "after", people: counts.people }] });
    await redis("INCR", "after");
  },
});
`;

/** Fails where a collection has not so many documents. */
const countDataset = (name: string, count: number) => `import { dataset } from "drydock";
export default dataset("count", { counted: { count: 1, document: () => ({}) } }, {
  after: async ({ mongo }) => {
    const { n } = await mongo({ count: "${name}" });
    if (n !== ${count}) throw new Error("there are " + n);
  },
});
`;

describe("dev seed on the embedded MongoDB and Redis", () => {
  let mongo: RunningMongo;
  let redis: RunningRedis;
  let fake: FakeSession;
  let database = "";
  let runs = 0;

  beforeAll(async () => {
    [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
    fake = await openFakeSession(shopCompose);
    await fake.session.load(fake.source, [], signal);
    await mkdir(join(fake.source.directory, "seeds"));
  });
  afterAll(async () => {
    await Promise.all([mongo.stop(), redis.stop(), fake.close()]);
  });
  beforeEach(async () => {
    database = `shop${runs++}`;
    await writeDataset("shop", shop);
  });

  const writeDataset = (name: string, text: string) => writeFile(join(fake.source.directory, `seeds/${name}.ts`), text);

  async function run(
    changes: Partial<SeedRequest> = {},
    abort = signal,
    startThread = inlineSeedThread,
  ): Promise<SeedOutcome> {
    const to = [`${mongo.uri.replace(/\/?(\?.*)?$/, "")}/${database}?directConnection=true`, `${redis.uri}/${runs}`];
    const plain = {
      source: fake.source,
      counts: {},
      only: [],
      reset: false,
      dryRun: false,
      to,
      allowRemote: [],
      useCache: false,
    };
    const request = { ...plain, dataset: "shop", now: Date.UTC(2026, 4, 1), ...changes };
    return seed(fake.session, request, () => undefined, abort, startThread);
  }
  const actions = ({ steps }: SeedOutcome) => Object.fromEntries(steps.map(({ name, action }) => [name, action]));

  test("what is seeded is all there, once, and the second time is kept", async () => {
    const dry = await run({ dryRun: true });
    expect(actions(dry)).toMatchObject({ people: "make", visits: "make", sessions: "make" });
    const first = await run();
    expect(first.steps.map(({ name, count }) => [name, count])).toEqual(
      dry.steps.map(({ name, count }) => [name, count]),
    );
    expect(first.steps.find(({ name }) => name === "visits")?.count).toBeGreaterThan(2_000);
    expect(new Set(Object.values(actions(await run())))).toEqual(new Set(["keep"]));
    expect(new Set(Object.values(actions(await run({ reset: true }))))).toEqual(new Set(["replace"]));
  });

  test("another seed is refused without --reset, and so are documents that seeding did not make", async () => {
    await run({ only: ["people"] });
    await expect(run({ only: ["people"], seed: 7 })).rejects.toMatchObject({ code: "SEEDED_OTHERWISE" });
    expect(actions(await run({ only: ["people"], seed: 7, reset: true }))).toEqual({ people: "replace" });
    await writeDataset(
      "other",
      `import { dataset } from "drydock"; export default dataset("other", { visits: { count: 1, document: () => ({}) } }, { after: async ({ mongo }) => { await mongo({ insert: "people2", documents: [{}] }); } });`,
    );
    await run({ dataset: "other" });
    await writeDataset(
      "shop",
      shop
        .replaceAll("people:", "people2:")
        .replaceAll('"people"', '"people2"')
        .replace("counts.people", "counts.people2"),
    );
    await expect(run({ only: ["people2"] })).rejects.toMatchObject({ code: "NOT_SEEDED_HERE" });
  });

  test("one that is interrupted goes on from where it was, with all documents in the end", async () => {
    const abort = new AbortController();
    const request = { only: ["visits"], counts: { visits: 30_000 } };
    const interrupting = (): SeedThread => {
      const thread = inlineSeedThread();
      let ranges = 0;
      return {
        ...thread,
        postMessage(message) {
          if (JSON.stringify(message).includes('"insert"') && ++ranges === 5) abort.abort(new Error("Ctrl-C"));
          thread.postMessage(message);
        },
      };
    };
    await expect(run(request, abort.signal, interrupting)).rejects.toThrow("Ctrl-C");
    const [rest] = (await run(request)).steps;
    expect(rest?.action).toBe("continue");
    expect(rest?.from).toBeGreaterThanOrEqual(3_000);
    expect(actions(await run(request))).toEqual({ visits: "keep" });
    await writeDataset("count", countDataset("visits", 30_000));
    await run({ dataset: "count" });
  });

  test("one that is cut short in its last step does that again, and is not done before", async () => {
    await writeDataset(
      "ending",
      `import { dataset } from "drydock";
export default dataset("ending", { things: { count: 3, document: () => ({}) } }, {
  after: async ({ mongo }) => {
    const { n } = await mongo({ count: "ended" });
    await mongo({ insert: "ended", documents: [{}] });
    if (n === 0) throw new Error("cut short");
  },
});
`,
    );
    await expect(run({ dataset: "ending" })).rejects.toThrow("cut short");
    const again = await run({ dataset: "ending" });
    expect([actions(again), again.isContinued]).toEqual([{ things: "keep" }, true]);
    expect((await run({ dataset: "ending" })).isContinued).toBeUndefined();
  });

  test("one that is interrupted and then meant otherwise begins again, and removes what it had written alone", async () => {
    const abort = new AbortController();
    const failing = shop.replace(
      "of: parent,",
      "of: parent, fails: parent.toString() === '' || (() => { if (stop.now) throw new Error('full'); })(),",
    );
    await writeDataset(
      "shop",
      failing.replace(
        "export default",
        "let made = 0; const stop = { get now() { return made++ > 4_000; } };\nexport default",
      ),
    );
    await expect(run({ only: ["visits"], counts: { visits: 9_000 } }, abort.signal)).rejects.toMatchObject({
      code: "DOCUMENT_FAILED",
    });
    await writeDataset("shop", shop);
    expect(actions(await run({ only: ["visits"], counts: { visits: 6_000 } }))).toEqual({ visits: "again" });
    await writeDataset("count", countDataset("visits", 6_000));
    await run({ dataset: "count" });
  });

  test("mistakes are said by name", async () => {
    await expect(run({ dataset: "shpo" })).rejects.toMatchObject({
      code: "NO_SUCH_DATASET",
      hint: 'Did you mean "shop"?',
    });
    await expect(run({ only: ["poeple"] })).rejects.toMatchObject({
      code: "NO_SUCH_PART",
      hint: 'Did you mean "people"?',
    });
    await expect(run({ to: ["mongodb://db.example.com/shop"] })).rejects.toMatchObject({ code: "REMOTE_DATABASE" });
    await expect(run({ to: ["nonsense"] })).rejects.toMatchObject({ code: "BAD_TARGET" });
    await writeDataset("shop", "export default 1;");
    await expect(run()).rejects.toMatchObject({ code: "BAD_DATASET" });
    await writeDataset("shop", "export default {;");
    await expect(run()).rejects.toMatchObject({ code: "DATASET_DOES_NOT_LOAD" });
    await writeDataset("shop", shop.replace('required: ["email"]', 'required: ["email", "size"]'));
    await expect(run()).rejects.toMatchObject({ code: "DOCUMENT_REFUSED" });
    await writeDataset("shop", shop.replace("unique(faker.internet.email())", '"same@example.com"'));
    await expect(run({ reset: true })).rejects.toMatchObject({ code: "DOCUMENT_REFUSED" });
  });
});

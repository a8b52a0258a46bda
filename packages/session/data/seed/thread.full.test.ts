import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startMongo } from "@drydock/embedded-mongo";
import { expect, test } from "vitest";
import { openFakeSession, shopCompose } from "../../fixtures/fake-session.ts";
import { inlineSeedThread } from "../../fixtures/inline-seed-thread.ts";
import { seed } from "./seed.ts";

test("threads of their own make the same documents as one does", async () => {
  const { signal } = new AbortController();
  const mongo = await startMongo();
  const fake = await openFakeSession(shopCompose);
  try {
    await fake.session.load(fake.source, [], signal);
    await mkdir(join(fake.source.directory, "seeds"));
    await writeFile(
      join(fake.source.directory, "seeds/big.ts"),
      `import { dataset, faker, id, prose, ref } from "drydock";
export default dataset("big", {
  people: { count: 25_000, document: () => ({ _id: id(), name: faker.person.fullName(), friend: ref("people"), notes: prose(200) }) },
}, {
  after: async ({ mongo, counts }) => {
    const { n } = await mongo({ count: "people" });
    if (n !== counts.people) throw new Error("there are " + n);
    const fields = ["$name", { $toString: "$_id" }, { $toString: "$friend" }, "$notes"];
    const pipeline = [{ $group: { _id: { $concat: fields } } }, { $count: "n" }];
    const before = [{ $match: {} }, { $out: "before" }];
    const { cursor } = await mongo({ aggregate: "before", pipeline: [{ $unionWith: "people" }, ...pipeline], cursor: {} });
    const different = cursor.firstBatch[0].n;
    if (different !== counts.people) throw new Error("there are " + different + " different documents");
    await mongo({ aggregate: "people", pipeline: before, cursor: {} });
  },
});
`,
    );
    const to = [`mongodb://127.0.0.1:${mongo.port}/big?directConnection=true`];
    const plain = {
      source: fake.source,
      dataset: "big",
      only: [],
      dryRun: false,
      to,
      allowRemote: [],
      useCache: false,
    };
    const request = { ...plain, counts: {}, now: 0 };
    const emit = () => undefined;
    const many = await seed(fake.session, { ...request, reset: false }, emit, signal);
    expect(many.steps[0]).toMatchObject({ action: "make", count: 25_000 });
    // The second time in this thread; the dataset compares both.
    const again = await seed(fake.session, { ...request, reset: true }, emit, signal, inlineSeedThread);
    expect(again.steps[0]).toMatchObject({ action: "replace" });
  } finally {
    await fake.close();
    await mongo.stop();
  }
});

import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataEvent } from "@drydock/core";
import { type RunningMongo, startMongo } from "@drydock/embedded-mongo";
import { type RunningRedis, startRedis } from "@drydock/embedded-redis";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeSession, openFakeSession, upRequest } from "../fixtures/fake-session.ts";
import { inlineSeedThread } from "../fixtures/inline-seed-thread.ts";
import { up } from "../up.ts";
import { writeBranches } from "./branch/store.ts";
import { readData } from "./read-data.ts";
import { seed } from "./seed/seed.ts";

const { signal } = new AbortController();
const dataset = `import { dataset, redis } from "drydock";
export default dataset("demo", { people: { count: 30, document: () => ({ name: "Ada" }) } },
  { redis: { list: { key: "list", value: () => redis.list([1]) } } });
`;

let mongo: RunningMongo;
let redis: RunningRedis;
let fake: FakeSession;

beforeEach(async () => {
  [mongo, redis] = await Promise.all([startMongo(), startRedis()]);
  const port = (uri: string) => new URL(uri).port;
  fake = await openFakeSession(`name: shop
services:
  mongo: { image: "mongo:8", ports: ["127.0.0.1:${port(mongo.uri)}:27017"] }
  redis: { image: "redis:8", ports: ["127.0.0.1:${port(redis.uri)}:6379"] }
  away: { image: "redis:8", ports: ["127.0.0.1:1:6379"] }
`);
  await mkdir(join(fake.source.directory, "seeds"));
});
afterEach(async () => {
  await Promise.all([mongo.stop(), redis.stop()]);
  await fake.close();
});

it("tells databases with their sizes, datasets and branches, and which server does not answer (embedded MongoDB and Redis)", async () => {
  await writeFile(join(fake.source.directory, "seeds/demo.ts"), dataset);
  await writeFile(join(fake.source.directory, "seeds/other.ts"), dataset.replace('"demo"', '"other"'));
  execFileSync("git", ["init", "-q", "-b", "main"], { cwd: fake.source.directory });
  await up(fake.session, upRequest(fake.source), () => undefined, signal);
  const plain = { source: fake.source, counts: {}, only: [], reset: false, dryRun: false, to: [], allowRemote: [] };
  await seed(fake.session, { ...plain, dataset: "demo", useCache: false }, () => undefined, signal, inlineSeedThread);
  const branches = { main: { madeAt: 0 }, old: { madeAt: 5, parent: "main", gitBranch: "old" } };
  writeBranches(fake.folder, { current: "main", branches });

  const data = await readData(fake.session, signal);
  const [first, second, third] = data.databases;
  expect(first?.databases).toMatchObject([{ name: "shop", holds: "1 collection, 30 documents", datasets: ["demo"] }]);
  expect(first?.databases[0]?.bytes).toBeGreaterThan(500);
  expect(second?.databases[0]?.holds).toMatch(/^\d keys$/);
  expect(second?.databases[0]?.bytes).toBeGreaterThan(0);
  expect(third).toMatchObject({ service: "away", isRunning: true, databases: [], problem: expect.stringMatching(/./) });
  expect(data.datasets).toEqual([
    { name: "demo", isDefault: false, isSeeded: true },
    { name: "other", isDefault: false, isSeeded: false },
  ]);
  expect(data.branches).toEqual([
    { name: "main", isCurrent: true, madeAt: 0, isGone: false },
    { name: "old", isCurrent: false, madeAt: 5, parent: "main", gitBranch: "old", isGone: true },
  ]);
  const works = fake.events.filter((event): event is DataEvent => event.kind === "data");
  expect(works.map(({ label, phase }) => `${label} ${phase}`)).toEqual(["seed demo started", "seed demo done"]);
});

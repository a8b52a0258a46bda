import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeSession, openFakeSession, upRequest } from "../fixtures/fake-session.ts";
import { up } from "../up.ts";
import { HotReload } from "./hot-reload.ts";

const compose = `name: shop
services:
  api: &service
    image: node
    develop: { watch: [{ action: restart, path: ./app }] }
  worker: *service
`;

let fake: FakeSession;
let hotReload: HotReload;

beforeEach(async () => {
  fake = await openFakeSession(compose);
  hotReload = new HotReload(fake.session);
  await mkdir(join(fake.source.directory, "app"));
  await up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);
  await hotReload.watch(fake.source, false);
  fake.engine.applied.length = 0;
});

afterEach(async () => {
  await hotReload.stop();
  await fake.close();
});

/** Saves a file; resolves with what the engine did and what was told of it at the end. */
async function saved(): Promise<{ readonly applied: readonly string[]; readonly told: readonly string[] }> {
  const seen = fake.events.length;
  const ends = () =>
    fake.events
      .slice(seen)
      .flatMap((event) =>
        event.kind === "edit" && (event.phase === "done" || event.phase === "failed")
          ? `${event.service} ${event.action} ${event.phase}`
          : [],
      );
  await writeFile(join(fake.source.directory, "app/server.js"), `// ${seen}`);
  await eventually(() => ends().length === 2);
  return { applied: [...fake.engine.applied], told: ends().toSorted() };
}

test("a process that another can stand beside is stopped after that one is ready, and others as always", async () => {
  fake.engine.replaceable.add("api");
  const before = fake.session.board.get("api", 1)?.id;
  const { applied, told } = await saved();
  expect(applied.slice(0, 4).toSorted()).toEqual([
    "replace api.1",
    "start worker.1",
    "stop worker.1",
    "wait until worker is ready",
  ]);
  expect(told).toEqual(["api restart done", "worker restart done"]);
  await eventually(() => fake.engine.applied.length === 5);
  expect(fake.engine.applied.at(-1)).toBe("retire api.1");
  expect(fake.session.board.get("api", 1)).toMatchObject({ id: `${before}+`, state: "ready" });
});

test("a process whose follower does not become ready goes on, and the next save is tried in the same way", async () => {
  fake.engine.replaceable.add("api");
  fake.engine.failing.add("api");
  const before = fake.session.board.get("api", 1);
  const { applied, told } = await saved();
  expect(applied).toContain("replace api.1");
  expect(applied.filter((step) => /^(?:stop|start|retire) api/.test(step))).toEqual([]);
  expect(told).toContain("api restart failed");
  expect(fake.session.board.get("api", 1)).toEqual(before);

  fake.engine.failing.clear();
  expect((await saved()).told).toEqual(["api restart done", "worker restart done"]);
  await eventually(() => fake.engine.applied.at(-1) === "retire api.1");
  expect(fake.session.board.get("api", 1)).toMatchObject({ id: `${before?.id}+`, state: "ready" });
});

test("a process that no other can stand beside after all is restarted", async () => {
  fake.engine.replaceable.add("api");
  fake.engine.stubborn.add("api");
  const before = fake.session.board.get("api", 1);
  const { applied, told } = await saved();
  expect(applied.filter((step) => step.includes("api"))).toEqual([
    "replace api.1",
    "stop api.1",
    "start api.1",
    "wait until api is ready",
  ]);
  expect(told).toEqual(["api restart done", "worker restart done"]);
  expect(fake.session.board.get("api", 1)).toMatchObject({ id: before?.id, state: "ready" });
});

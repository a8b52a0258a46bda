import { existsSync } from "node:fs";
import { join } from "node:path";
import { testService } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { TestProject } from "./test-engine.ts";

let project: TestProject;
afterEach(async () => {
  expect(await project.remove()).toEqual([]);
});

const check = (services: readonly ReturnType<typeof testService>[]) =>
  project.engine.check(
    {
      kind: "prepare",
      id: "prepare",
      because: "",
      after: [],
      services: services.map(({ name }) => name),
      build: false,
      forceRecreate: false,
    },
    project.environment(services),
  );

test("what this machine cannot run is said all at once, before a port is given or a folder made", async () => {
  project = await TestProject.create({}, { variables: { PATH: "/nonexistent" } });
  const services = [
    testService({ name: "cache", image: "redis:8" }),
    testService({ name: "search", image: "elasticsearch:9" }),
    testService({ name: "api", command: ["node", "server.js"] }),
  ];
  await expect(check(services)).rejects.toMatchObject({
    code: "CANNOT_PREPARE",
    message: "2 services cannot run on this machine: cache, search.",
    evidence: expect.arrayContaining([expect.stringContaining("redis-server"), expect.stringContaining("search")]),
  });
  await expect(check(services.slice(2))).resolves.toBeUndefined();
  expect(existsSync(join(project.directory, ".dev/ports.json"))).toBe(false);
});

test("a mongod is not asked for users that only its image makes", async () => {
  project = await TestProject.create({});
  const users = { MONGO_INITDB_ROOT_USERNAME: "root", MONGO_INITDB_ROOT_PASSWORD: "secret" };
  const service = testService({
    name: "mongo",
    image: "mongo:8",
    environment: users,
    dev: { pin: false, provider: process.execPath },
  });
  await expect(check([service])).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("mongo") });
});

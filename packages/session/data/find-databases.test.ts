import type { Instance } from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { findDatabases } from "./find-databases.ts";

const instance = (service: string, target: number, port: number, state: Instance["state"] = "ready"): Instance => ({
  service,
  number: 1,
  id: service,
  state,
  reason: "",
  addresses: [{ target, host: "127.0.0.1", port, isPublished: true }],
  provider: "",
  restarts: 0,
});
const observe = (...instances: Instance[]) => ({ instances, networks: [], volumes: [] });

test("databases have their address, and the names that services use for them", () => {
  const environment = testEnvironment("/shop", [
    testService({ name: "mongo", image: "mongo:8" }),
    testService({ name: "redis", image: "redis:8" }),
    testService({
      name: "api",
      environment: { MONGO_URL: "mongodb://mongo:27017/shop?directConnection=true", REDIS_URL: "redis://redis:6379" },
    }),
    testService({
      name: "jobs",
      environment: { QUEUE: "redis://redis:6379/2", DB: "mongodb://u:p@mongo/shop", LOG: "mongodb://mongo/logs" },
    }),
    testService({ name: "proxy", image: "nginx:1.30" }),
  ]);
  const found = findDatabases(environment, observe(instance("mongo", 27017, 40001), instance("redis", 6379, 40002)));
  expect(found.map(({ instance: _, ...rest }) => rest)).toEqual([
    {
      service: "mongo",
      kind: "mongo",
      uri: "mongodb://127.0.0.1:40001/?directConnection=true",
      names: ["shop", "logs"],
    },
    { service: "redis", kind: "redis", uri: "redis://127.0.0.1:40002", names: ["0", "2"] },
  ]);
});

test("credentials of the Compose file are in the address", () => {
  const environment = testEnvironment("/shop", [
    testService({
      name: "db",
      image: "mongo:8",
      environment: { MONGO_INITDB_ROOT_USERNAME: "root", MONGO_INITDB_ROOT_PASSWORD: "p@ss" },
    }),
    testService({
      name: "cache",
      image: "valkey/valkey:8",
      command: ["sh", "-c", 'exec redis-server --requirepass "$SECRET"'],
      environment: { SECRET: "s/s" },
    }),
  ]);
  const found = findDatabases(environment, observe(instance("db", 27017, 1), instance("cache", 6379, 2)));
  expect(found.map(({ uri }) => uri)).toEqual([
    "mongodb://root:p%40ss@127.0.0.1:1/?directConnection=true&authSource=admin",
    "redis://:s%2Fs@127.0.0.1:2",
  ]);
  expect(found.map(({ names }) => names)).toEqual([["test"], ["0"]]);
});

test("one that does not run has no address", () => {
  const environment = testEnvironment("/shop", [testService({ name: "mongo", image: "mongo:8" })]);
  expect(findDatabases(environment, observe(instance("mongo", 27017, 1, "stopped")))[0]?.uri).toBeUndefined();
  expect(findDatabases(environment, observe())[0]).toMatchObject({ uri: undefined, instance: undefined });
});

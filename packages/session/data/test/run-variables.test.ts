import type { Instance } from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import type { StackDatabase } from "../find-databases.ts";
import { runVariables } from "./run-variables.ts";

const instance = (service: string, target: number, port: number): Instance => ({
  service,
  number: 1,
  id: service,
  state: "ready",
  reason: "",
  addresses: [
    { target, host: "127.0.0.1", port, isPublished: true },
    { target, host: "172.18.0.2", port: target, isPublished: false },
  ],
  provider: "",
  restarts: 0,
});
const mongo: StackDatabase = {
  service: "mongo",
  kind: "mongo",
  uri: "mongodb://127.0.0.1:40001/?directConnection=true",
  names: ["shop"],
  instance: instance("mongo", 27017, 40001),
};
const redis: StackDatabase = {
  service: "cache",
  kind: "redis",
  uri: "redis://127.0.0.1:40002",
  names: ["2"],
  instance: instance("cache", 6379, 40002),
};
const variables = (...services: readonly (readonly [string, Readonly<Record<string, string>>])[]) =>
  runVariables(
    testEnvironment("/shop", [
      testService({ name: "mongo", definition: { networks: { default: { aliases: ["db.internal"] } } } }),
      testService({ name: "cache" }),
      ...services.map(([name, environment]) => testService({ name, environment })),
    ]),
    [mongo, redis],
  );

test("without a word of the Compose file there are MONGO_URL and REDIS_URL", () => {
  expect(variables(["api", { PORT: "3000" }])).toEqual({
    MONGO_URL: "mongodb://127.0.0.1:40001/shop?directConnection=true",
    REDIS_URL: "redis://127.0.0.1:40002/2",
  });
});

test("every variable that names a database has its address, and others are left alone", () => {
  const found = variables(
    [
      "api",
      {
        DATABASE: "mongodb://u:p@db.internal:27017/shop",
        CACHE_HOST: "cache",
        CACHE_PORT: "6379",
        API: "http://api:80",
      },
    ],
    ["jobs", { DATABASE: "mongodb://mongo/jobs", QUEUE: "redis://cache:6379/3" }],
    ["worker", { DATABASE: "mongodb://mongo/jobs" }],
  );
  expect(found).toMatchObject({
    DATABASE: "mongodb://127.0.0.1:40001/jobs",
    CACHE_HOST: "127.0.0.1",
    CACHE_PORT: "40002",
    QUEUE: "redis://127.0.0.1:40002/3",
  });
  expect(found).not.toHaveProperty("API");
});

test("a member of a replica set is asked directly, by whatever name the set knows it", () => {
  const urls = [
    "mongodb://mongo:27017/shop?replicaSet=rs0",
    "mongodb://mongo:27017/shop?replicaSet=rs0&w=1",
    "mongodb://mongo:27017/shop?directConnection=true&replicaSet=rs0",
    "mongodb://mongo:27017/shop?replicaSet=rs0&directConnection=true",
  ];
  expect(urls.map((URL) => variables(["api", { URL }]).URL)).toEqual([
    "mongodb://127.0.0.1:40001/shop?directConnection=true",
    "mongodb://127.0.0.1:40001/shop?directConnection=true&w=1",
    "mongodb://127.0.0.1:40001/shop?directConnection=true",
    "mongodb://127.0.0.1:40001/shop?directConnection=true",
  ]);
});

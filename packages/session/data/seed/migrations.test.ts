import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { migrationsOf } from "./migrations.ts";
import { type SeedOrigin, seedKey } from "./seed-key.ts";

const needs = (
  service: string,
  condition: "service_started" | "service_completed_successfully" = "service_started",
) => ({
  service,
  condition,
  isRequired: true,
  restart: false,
});
const done = (service: string) => needs(service, "service_completed_successfully");

test("migrations are the one-shots that need databases and one another alone", () => {
  const environment = testEnvironment("/shop", [
    testService({ name: "mongo", image: "mongo:8" }),
    testService({ name: "schema", dependencies: [needs("mongo")] }),
    testService({ name: "indexes", dependencies: [done("schema")] }),
    testService({ name: "report", dependencies: [needs("api")] }),
    testService({ name: "api", dependencies: [done("indexes")] }),
    testService({ name: "last", dependencies: [done("report")] }),
  ]);
  expect(migrationsOf(environment, ["mongo"]).map(({ name }) => name)).toEqual(["schema", "indexes"]);
});

test("a key is another one for each thing that changes the data, and not for the order of counts", () => {
  const origin: SeedOrigin = {
    dataset: "demo",
    codeKey: "c",
    seed: 42,
    now: 0,
    counts: { a: 1, b: 2 },
    migrations: "m",
    databases: [{ service: "mongo", kind: "mongo", image: "mongo:8", names: ["shop"] }],
  };
  const others: readonly Partial<SeedOrigin>[] = [
    { dataset: "small" },
    { codeKey: "d" },
    { seed: 43 },
    { now: 86_400_000 },
    { counts: { a: 1 } },
    { migrations: "n" },
    { databases: [] },
  ];
  const keys = others.map((other) => seedKey({ ...origin, ...other }));
  expect(new Set([seedKey(origin), ...keys]).size).toBe(8);
  expect(seedKey({ ...origin, counts: { b: 2, a: 1 } })).toBe(seedKey(origin));
});

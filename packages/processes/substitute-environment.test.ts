import { expect, test } from "vitest";
import { substituteEnvironment } from "./substitute-environment.ts";
import type { HostTargets } from "./substitute-hosts.ts";

const at = (port: number) => ({ host: "127.0.0.1", port });
const targets: HostTargets = new Map([
  ["redis", { ports: new Map([[6379, at(4379)]]) }],
  ["mongo", { ports: new Map([[27017, at(27017)]]) }],
]);
const own = new Map([[3000, at(4001)]]);
const substitute = (environment: Record<string, string>) => substituteEnvironment(environment, targets, own);

test("a bare host and the variable with its port change together", () => {
  expect(substitute({ REDIS_HOST: "redis", REDIS_PORT: "6379" }).environment).toEqual({
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: "4379",
  });
  expect(substitute({ REDIS: "redis", REDIS_PORT: "6379" }).environment).toEqual({
    REDIS: "127.0.0.1",
    REDIS_PORT: "4379",
  });
});

test("a value that only looks like a host stays", () => {
  const environment = { SERVICE_NAME: "redis", MODE: "mongo" };
  expect(substitute(environment).environment).toEqual(environment);
});

test("its own port is the one that was given, under every name", () => {
  expect(substitute({ PORT: "3000", HTTP_PORT: "3000", OTHER_PORT: "5000", RETRIES: "3000" }).environment).toEqual({
    PORT: "4001",
    HTTP_PORT: "4001",
    OTHER_PORT: "5000",
    RETRIES: "3000",
  });
});

test("HOST beside PORT is not the address of another service", () => {
  expect(substitute({ HOST: "0.0.0.0", PORT: "3000" }).environment).toEqual({ HOST: "0.0.0.0", PORT: "4001" });
});

test("a moved port that no variable can say is a doubt", () => {
  expect(substitute({ REDIS_HOST: "redis" })).toEqual({
    environment: { REDIS_HOST: "127.0.0.1" },
    doubts: ["REDIS_HOST names redis, whose port 6379 is 4379 on this machine, and no variable holds the port"],
  });
  expect(substitute({ MONGO_HOST: "mongo" }).doubts).toEqual([]);
});

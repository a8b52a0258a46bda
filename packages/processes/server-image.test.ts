import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { serverArguments, withoutFlags } from "./providers/server-arguments.ts";
import { serverOfImage, serverOfProgram } from "./server-image.ts";

test.each([
  ["mongo", "mongo"],
  ["mongo:8", "mongo"],
  ["docker.io/library/mongo:8@sha256:abc", "mongo"],
  ["registry.example:5000/mirror/library/redis", "redis"],
  ["ghcr.io/nginx:1.30", "nginx"],
  ["valkey/valkey:8", "redis"],
  ["bitnami/redis", undefined],
  ["mongo-express", undefined],
  ["postgres:17", undefined],
])("%s is %s", (image, expected) => {
  expect(serverOfImage(image)).toBe(expected);
});

test("a program tells its server by its name", () => {
  expect(serverOfProgram("/opt/bin/mongod")).toBe("mongo");
  expect(serverOfProgram("valkey-server")).toBe("redis");
  expect(serverOfProgram("postgres")).toBeUndefined();
});

test("arguments are found behind the program, without it, and in a shell line", () => {
  const argumentsOf = (command: readonly string[], environment = {}) =>
    serverArguments(testService({ name: "r", command, environment }), ["redis-server"]);
  expect(argumentsOf(["redis-server", "--appendonly", "yes"])).toEqual(["--appendonly", "yes"]);
  expect(argumentsOf(["--appendonly", "yes"])).toEqual(["--appendonly", "yes"]);
  expect(argumentsOf(["sh", "-c", "mkdir -p /x && exec redis-server --requirepass $PASS"], { PASS: "p" })).toEqual([
    "--requirepass",
    "p",
  ]);
});

test("flags of place are left out with their values", () => {
  const words = ["--port", "1", "--replSet=rs0", "--quiet", "--fork", "--bind", "a", "b"];
  expect(withoutFlags(words, ["port", "bind"], ["fork"])).toEqual(["--replSet=rs0", "--quiet"]);
});

import { expect, test } from "vitest";
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

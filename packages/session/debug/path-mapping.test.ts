import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { inWorkspace, mappingOf } from "./path-mapping.ts";

const build = { context: "/shop/app", dockerfile: "Dockerfile" };
const rule = { action: "sync+restart", ignore: [], include: [], isInitiallySynced: false } as const;

test("a mounted folder where the program works", () => {
  const service = testService({
    name: "api",
    build,
    mounts: [{ kind: "bind", source: "/shop/src", target: "/app", isReadOnly: false }],
  });
  expect(mappingOf(service, "/app/api")).toEqual({ local: "/shop/src", remote: "/app" });
  expect(mappingOf(service, "/elsewhere")).toEqual({ local: "/shop/app", remote: "/elsewhere" });
});

test("what is synced, without the end that both have", () => {
  const service = testService({
    name: "api",
    build,
    watch: [{ ...rule, path: "/shop/app/api", target: "/app/api" }],
  });
  expect(mappingOf(service, "/app")).toEqual({ local: "/shop/app", remote: "/app" });
});

test("what the image is built from, and nothing where nobody says", () => {
  expect(mappingOf(testService({ name: "api", build }), "/usr/src/app")).toEqual({
    local: "/shop/app",
    remote: "/usr/src/app",
  });
  expect(mappingOf(testService({ name: "api" }), "/app")).toBeUndefined();
});

test("paths as VS Code writes them", () => {
  expect([inWorkspace("/shop", "/shop"), inWorkspace("/shop/app", "/shop"), inWorkspace("/lib", "/shop")]).toEqual([
    "${workspaceFolder}",
    "${workspaceFolder}/app",
    "/lib",
  ]);
});

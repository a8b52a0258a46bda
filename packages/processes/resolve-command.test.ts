import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { resolveCommand } from "./resolve-command.ts";

test("a service that is built from a Dockerfile which is not there is told which one", () => {
  const service = testService({ name: "api", build: { context: "/shop/api", dockerfile: "Dockerfile.dev" } });
  const blueprint = { service, mappings: [], ports: [], hostNames: ["api"] };
  expect(() => resolveCommand(blueprint, testEnvironment("/shop", [service]), new Map(), new Map())).toThrow(
    '"api" has no command: neither x-dev.run, nor command, nor a Dockerfile: there is no /shop/api/Dockerfile.dev.',
  );
});

import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { serverArguments, withoutFlags } from "./server-arguments.ts";

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

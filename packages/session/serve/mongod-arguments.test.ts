import { expect, test } from "vitest";
import { readMongodArguments } from "./mongod-arguments.ts";

test("mongod's flags are read in both forms, and what is not honoured is named", () => {
  expect(
    readMongodArguments(["--replSet", "rs0", "--quiet", "--keyFile=/etc/key", "-vvv", "--tlsMode", "requireTLS"]),
  ).toEqual({ replicaSet: "rs0", allowsTestCommands: false, parameters: {}, ignored: ["--keyFile", "--tlsMode"] });
  expect(
    readMongodArguments([
      "--replSet=shop",
      "--setParameter",
      "enableTestCommands=1",
      "--setParameter=ttlMonitorSleepSecs=5",
    ]),
  ).toEqual({
    replicaSet: "shop",
    allowsTestCommands: true,
    parameters: { ttlMonitorSleepSecs: "5" },
    ignored: [],
  });
  expect(readMongodArguments([])).toEqual({
    replicaSet: undefined,
    allowsTestCommands: false,
    parameters: {},
    ignored: [],
  });
});

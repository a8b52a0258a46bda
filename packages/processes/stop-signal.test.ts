import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { stopSignalOf } from "./stop-signal.ts";

test.each([
  ["SIGQUIT", "SIGQUIT"],
  ["int", "SIGINT"],
  ["15", "SIGTERM"],
  ["NONSENSE", "SIGTERM"],
])("%s is %s", (stopSignal, expected) => {
  expect(stopSignalOf(testService({ name: "a", stopSignal }))).toBe(expected);
});

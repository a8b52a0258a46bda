import { expect, test } from "vitest";
import { stopSignalOf } from "./stop-signal.ts";
import { testService } from "./test-service.ts";

test.each([
  ["SIGQUIT", "SIGQUIT"],
  ["int", "SIGINT"],
  ["15", "SIGTERM"],
  ["NONSENSE", "SIGTERM"],
])("%s is %s", (stopSignal, expected) => {
  expect(stopSignalOf(testService({ name: "a", stopSignal }))).toBe(expected);
});

import { expect, test } from "vitest";
import { decideRestart, type Ending } from "./restart-policy.ts";

const ending = (changes: Partial<Ending> = {}): Ending => ({
  exitCode: 1,
  ranMs: 50,
  lastDelayMs: undefined,
  restarts: 0,
  ...changes,
});

test("`no` stays down, however it ended", () => {
  expect(decideRestart({ kind: "no" }, ending())).toEqual({ kind: "stay" });
});

test("`on-failure` restarts failures only, and as often as it says", () => {
  expect(decideRestart({ kind: "on-failure" }, ending({ exitCode: 0 }))).toEqual({ kind: "stay" });
  expect(decideRestart({ kind: "on-failure", maxRetries: 2 }, ending({ restarts: 1 })).kind).toBe("restart");
  expect(decideRestart({ kind: "on-failure", maxRetries: 2 }, ending({ restarts: 2 }))).toEqual({ kind: "stay" });
});

test("`always` restarts a good end as well", () => {
  expect(decideRestart({ kind: "always" }, ending({ exitCode: 0 })).kind).toBe("restart");
});

test("delays double from 100 ms to a minute", () => {
  const delays: number[] = [];
  for (let last: number | undefined; delays.length < 12; last = delays.at(-1)) {
    const next = decideRestart({ kind: "unless-stopped" }, ending({ lastDelayMs: last }));
    if (next.kind === "restart") delays.push(next.delayMs);
  }
  expect(delays).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 60_000, 60_000]);
});

test("ten seconds of running start the delays over", () => {
  expect(decideRestart({ kind: "always" }, ending({ lastDelayMs: 6_400, ranMs: 10_000 }))).toEqual({
    kind: "restart",
    delayMs: 100,
  });
});

import { expect, test } from "vitest";
import { readContainer } from "../read-container.ts";
import { checkPauses } from "./exec-probe.ts";

/** A container's health check as the engine tells it: times are nanoseconds. */
function checkOf(times: Readonly<Record<string, number>>) {
  const { healthCheck } = readContainer({
    Id: "1",
    Name: "/shop-api-1",
    Created: "",
    RestartCount: 0,
    State: { Status: "running", StartedAt: "", FinishedAt: "", ExitCode: 0, OOMKilled: false, Error: "" },
    Image: "",
    Config: { Image: "node", Healthcheck: { Test: ["CMD", "true"], Interval: 30e9, ...times } },
    HostConfig: {},
    NetworkSettings: {},
  });
  if (!healthCheck) throw new Error("there is none");
  return healthCheck;
}

test.each([
  ["at its whole interval", {}, 50],
  ["as if there were a start period, which is none", { StartInterval: 500e6 }, 50],
  ["every 5 s in the start period, which is the default", { StartPeriod: 30e9 }, 50],
  ["every half second in the start period", { StartPeriod: 30e9, StartInterval: 500e6 }, 2_000],
])("where the engine asks %s, our own check rests %o for %i ms", (_, times, pauseMs) => {
  expect(checkPauses(checkOf(times)).firstPauseMs).toBe(pauseMs);
});

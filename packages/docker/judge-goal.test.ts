import type { Environment, ReadyStep } from "@drydock/core";
import { expect, it } from "vitest";
import type { Container } from "./container.ts";
import { judgeGoal } from "./judge-goal.ts";
import { readContainer } from "./read-container.ts";

const environment: Environment = {
  project: "shop",
  directory: "/shop",
  files: [],
  profiles: [],
  envFiles: [],
  services: [],
  networks: [],
  volumes: [],
};
const step = (goal: ReadyStep["goal"]): ReadyStep => ({
  kind: "ready",
  id: "r",
  because: "",
  after: [],
  service: "api",
  goal,
});
const container = (Status: Container["status"], more: object = {}) =>
  readContainer({
    Id: "c1",
    Name: "/shop-api-1",
    Image: "sha256:1",
    State: { Status, ExitCode: 0, StartedAt: "2026-11-25T10:00:00Z", FinishedAt: "", ...more },
    Config: { Image: "api" },
    HostConfig: {},
    NetworkSettings: {},
  });
const judge = (is: Container, exits: readonly number[] = [], goal: ReadyStep["goal"] = "ready") => {
  const verdict = judgeGoal(is, { step: step(goal), environment, exits, forMs: 9_000 });
  return verdict.kind === "failed" ? `failed: it ${verdict.what}` : verdict.kind;
};
const health = (Status: string, Output = "") => ({
  Health: { Status, FailingStreak: 3, Log: [{ End: "", ExitCode: 1, Output }] },
});

it("is content with the engine's word, and waits while there is none", () => {
  expect(judge(container("running", health("healthy")))).toBe("reached");
  expect(judge(container("running", health("starting")))).toBe("waiting");
  expect(judge(container("running"))).toBe("waiting");
  expect(judge(container("running", health("unhealthy", "locked")))).toBe(
    "failed: it is unhealthy: its health check failed 3 times, last with: locked",
  );
});

it("waits for the end of a one-shot, whatever its health", () => {
  expect(judge(container("running", health("healthy")), [], "done")).toBe("waiting");
  expect(judge(container("exited"), [], "done")).toBe("reached");
  expect(judge(container("exited", { ExitCode: 2 }), [2], "done")).toBe("failed: it ended with exit 2");
});

it("fails at once for what nobody starts again, and at the third end for what the engine does", () => {
  expect(judge(container("exited", { ExitCode: 1 }), [1])).toBe("failed: it ended with exit 1");
  expect(judge(container("restarting", { ExitCode: 1 }), [1, 1])).toBe("waiting");
  expect(judge(container("restarting", { ExitCode: 1 }), [1, 1, 1])).toBe(
    "failed: it ended with exit 1, 3 times in 9 s",
  );
  expect(judge(container("running"), [1, 1, 7])).toBe("failed: it ended with exit 7, 3 times in 9 s");
});

it("does not wait for what is being removed or could not be started", () => {
  expect(judge(container("removing"))).toBe("failed: it was removed meanwhile");
  expect(judge(container("created", { Error: "no such file" }))).toBe("failed: it could not be started: no such file");
  expect(judge(container("created"))).toBe("waiting");
});

import { type Environment, formatPlan, type Instance, nothingObserved, type ReplaceStep } from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { describe, expect, it } from "vitest";
import { planReplace, planRestart, planRetire, planStart, planStop } from "./plan-services.ts";

const observed = {
  ...nothingObserved,
  instances: [instance("api", 1, "ready"), instance("api", 2, "failed"), instance("worker", 1, "stopped")],
};

describe("plans for services that are named", () => {
  it("stop what runs of them, and nothing else", () => {
    expect(formatPlan(planStop(["api", "worker"], observed))).toBe("stop api.1  (stop)\n");
  });

  it("start what does not run, and wait for the service", () => {
    expect(formatPlan(planStart(["api", "worker"], stack(), observed))).toBe(
      `start api.2  (start)
wait until api is ready  (it was started)  after start:api.2
start worker.1  (start)
wait until worker is ready  (it was started)  after start:worker.1
`,
    );
  });

  it("restart all of them: starts come after every stop", () => {
    expect(formatPlan(planRestart(["api"], stack(), observed))).toBe(
      `stop api.1  (restart)
start api.1  (restart)  after stop:api.1
start api.2  (restart)  after stop:api.1
wait until api is ready  (it was started)  after start:api.1, start:api.2
`,
    );
  });

  it("replace what runs, and start what does not", () => {
    expect(formatPlan(planReplace(["api"], stack(), observed))).toBe(
      `replace api.1  (the one before goes on until it is ready)
start api.2  (start)
wait until api is ready  (it was started)  after start:api.2
`,
    );
  });

  it("retire what was replaced", () => {
    const replaced = planReplace(["api"], stack(), observed).filter(
      (step): step is ReplaceStep => step.kind === "replace",
    );
    expect(formatPlan(planRetire(replaced))).toBe("retire api.1  (another took its place)\n");
  });
});

function stack(): Environment {
  return testEnvironment("/shop", [testService({ name: "api", replicas: 2 }), testService({ name: "worker" })]);
}

function instance(service: string, number: number, state: Instance["state"]): Instance {
  return { service, number, id: service, state, reason: "", addresses: [], provider: "image", restarts: 0 };
}

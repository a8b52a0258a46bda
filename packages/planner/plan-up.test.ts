import {
  type Environment,
  formatPlan,
  type Instance,
  nothingObserved,
  type Service,
  serviceFingerprint,
} from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { describe, expect, it } from "vitest";
import { planUp } from "./plan-up.ts";
import type { UpOptions } from "./up-options.ts";

const plain: UpOptions = {
  services: [],
  noDeps: false,
  build: false,
  forceRecreate: false,
  removeOrphans: false,
  isPrepared: false,
};

describe("planUp", () => {
  it("prepares and starts everything in dependency order when nothing is there", () => {
    expect(formatPlan(planUp(stack(), nothingObserved, plain))).toBe(
      `prepare mongo, migrate, api  (not found)
start mongo.1  (not found)  after prepare
wait until mongo is ready  (it was started)  after start:mongo.1
start migrate.1  (not found)  after prepare, ready:mongo
wait until migrate is done  (it was started)  after start:migrate.1
start api.1  (not found)  after prepare, ready:migrate, start:mongo.1
start api.2  (not found)  after prepare, ready:migrate, start:mongo.1
wait until api is ready  (it was started)  after start:api.1, start:api.2
`,
    );
  });

  it("does nothing when all is as wanted", () => {
    const observed = { ...nothingObserved, instances: running() };
    expect(formatPlan(planUp(stack(), observed, plain))).toBe("nothing to do\n");
  });

  it("does not run a one-shot again that is done", () => {
    const observed = { ...nothingObserved, instances: running().filter((each) => each.service === "migrate") };
    expect(formatPlan(planUp(stack(), observed, plain))).not.toContain("start migrate");
  });

  it("stops, prepares and starts what changed, and leaves the rest alone", () => {
    const instances = running().map((each) => (each.service === "mongo" ? { ...each, fingerprint: "old" } : each));
    expect(formatPlan(planUp(stack(), { ...nothingObserved, instances }, plain))).toBe(
      `stop mongo.1  (definition changed)
prepare mongo  (definition changed)  after stop:mongo.1
start mongo.1  (definition changed)  after prepare, stop:mongo.1
wait until mongo is ready  (it was started)  after start:mongo.1
`,
    );
  });

  it("never stops an instance that somebody else made: preparing decides whether it may stay", () => {
    const instances = running().map(({ fingerprint: _, ...each }) => each);
    expect(formatPlan(planUp(stack(), { ...nothingObserved, instances }, plain))).toBe(
      "prepare mongo, migrate, api  (not made by dev)\n",
    );
  });

  it("waits for an instance that runs and is not ready, without starting it again", () => {
    const instances = running().map((each) =>
      each.service === "mongo" ? { ...each, state: "starting" as const } : each,
    );
    expect(formatPlan(planUp(stack(), { ...nothingObserved, instances }, plain))).toBe(
      "wait until mongo is ready  (it is starting)\n",
    );
  });

  it("starts a stopped and a failed instance with the reason", () => {
    const instances = running().map((each) => {
      if (each.service !== "api") return each;
      return each.number === 1
        ? { ...each, state: "stopped" as const }
        : { ...each, state: "failed" as const, reason: "exit 1" };
    });
    expect(formatPlan(planUp(stack(), { ...nothingObserved, instances }, plain))).toBe(
      `start api.1  (it is stopped)
start api.2  (exit 1)
wait until api is ready  (it was started)  after start:api.1, start:api.2
`,
    );
  });

  it("takes what the chosen services need, unless --no-deps", () => {
    const migrate = { ...plain, services: ["migrate"] };
    expect(formatPlan(planUp(stack(), nothingObserved, migrate))).toContain("prepare mongo, migrate  ");
    expect(formatPlan(planUp(stack(), nothingObserved, { ...migrate, noDeps: true }))).toContain("prepare migrate  ");
  });

  it("removes replicas beyond the wanted number, and orphans only when asked", () => {
    const instances = [...running(), instance("api", 3), instance("old", 1)];
    const observed = { ...nothingObserved, instances };
    expect(formatPlan(planUp(stack(), observed, plain))).toBe(
      `stop api.3  (scaled to 2)
remove api.3  (scaled to 2)  after stop:api.3
`,
    );
    expect(formatPlan(planUp(stack(), observed, { ...plain, removeOrphans: true }))).toContain(
      "remove old.1  (not in the Compose files)",
    );
  });

  it("restarts a dependent that asked for it when what it needs is replaced", () => {
    const wanted = stack({ restart: true });
    const instances = running(wanted).map((each) =>
      each.service === "mongo" ? { ...each, fingerprint: "old" } : each,
    );
    const text = formatPlan(planUp(wanted, { ...nothingObserved, instances }, plain));
    expect(text).toContain("start api.2  (mongo is replaced)");
    expect(text).toContain("stop api.2  (mongo is replaced)");
  });

  it("plans no second preparation once it is prepared", () => {
    const instances = running().map((each) => ({ ...each, state: "stopped" as const, fingerprint: "old" }));
    const plan = planUp(stack(), { ...nothingObserved, instances }, { ...plain, isPrepared: true });
    expect(plan.some((step) => step.kind === "prepare" || step.kind === "stop")).toBe(false);
    expect(plan.filter((step) => step.kind === "start")).toHaveLength(4);
  });
});

function stack(edge: { restart?: boolean } = {}): Environment {
  const mongo = service("mongo", 1, []);
  const migrate = service("migrate", 1, [
    { service: "mongo", condition: "service_healthy", isRequired: true, restart: false },
  ]);
  const api = service("api", 2, [
    { service: "migrate", condition: "service_completed_successfully", isRequired: true, restart: false },
    { service: "mongo", condition: "service_started", isRequired: true, restart: edge.restart ?? false },
  ]);
  return testEnvironment("/shop", [mongo, migrate, api]);
}

function service(name: string, replicas: number, dependencies: Service["dependencies"]): Service {
  return testService({ name, replicas, dependencies });
}

function running(wanted = stack()): readonly Instance[] {
  return wanted.services.flatMap((each) =>
    Array.from({ length: each.replicas }, (_, index) => ({
      ...instance(each.name, index + 1),
      state: each.name === "migrate" ? ("done" as const) : ("ready" as const),
      fingerprint: serviceFingerprint(each),
    })),
  );
}

function instance(name: string, number: number): Instance {
  return {
    service: name,
    number,
    id: `${name}-${number}`,
    state: "ready",
    reason: "tcp",
    addresses: [],
    provider: "image",
    restarts: 0,
  };
}

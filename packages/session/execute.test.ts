import type { Plan, Step } from "@drydock/core";
import { FakeClock, FakeEngine, testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { execute } from "./execute.ts";

const start = (service: string, ...after: readonly string[]): Step => ({
  ...{ kind: "start", id: `start:${service}.1`, because: "", after, service, number: 1 },
});
const ready = (service: string): Step => ({
  ...{ kind: "ready", id: `ready:${service}`, because: "", after: [`start:${service}.1`], service, goal: "ready" },
});
const environment = testEnvironment("/shop", [testService({ name: "mongo" }), testService({ name: "api" })]);
// The database, and a service that waits for the work in between alone.
const plan: Plan = [start("mongo"), ready("mongo"), start("api", "work"), ready("api")];

async function carryOut(engine: FakeEngine, work: () => Promise<void>) {
  const { signal } = new AbortController();
  const context = { environment, emit: () => undefined, signal };
  const run = async () => {
    engine.applied.push("our work");
    await work();
  };
  return execute(plan, engine, context, new FakeClock(), { id: "work", after: ["ready:mongo"], run });
}

test("work of ours is done after the steps that it waits for, and before those that wait for it", async () => {
  const engine = new FakeEngine();
  await carryOut(engine, async () => undefined);
  expect(engine.applied).toEqual([
    "start mongo.1",
    "wait until mongo is ready",
    "our work",
    "start api.1",
    "wait until api is ready",
  ]);
});

test("it is not begun where one of those failed, and what waits for it goes on", async () => {
  const engine = new FakeEngine();
  engine.failing.add("mongo");
  const { failures, skipped } = await carryOut(engine, async () => undefined);
  expect(failures.map(({ step }) => step.id)).toEqual(["ready:mongo"]);
  expect(skipped).toEqual([]);
  expect(engine.applied).not.toContain("our work");
  expect(engine.applied).toContain("wait until api is ready");
});

test("its error is thrown when all the steps have ended", async () => {
  const engine = new FakeEngine();
  const failing = carryOut(engine, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(engine.applied.at(-1)).toBe("wait until api is ready");
});

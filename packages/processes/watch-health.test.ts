import { FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import { type HealthPlan, watchHealth } from "./watch-health.ts";

async function watched(answers: (now: number) => boolean, changes: Partial<HealthPlan> = {}) {
  const clock = new FakeClock();
  const seen: string[] = [];
  const asked: number[] = [];
  const notYet: string[] = [];
  const plan: HealthPlan = {
    intervalMs: 5_000,
    timeoutMs: 1_000,
    retries: 2,
    patienceMs: 10_000,
    probe: {
      label: "test",
      check: async () => {
        asked.push(clock.now());
        return { isReady: answers(clock.now()), detail: answers(clock.now()) ? "yes" : "no" };
      },
    },
    ...changes,
  };
  const life = new AbortController();
  const reader = {
    onReady: (reason: string) => seen.push(`${clock.now()} ready: ${reason}`),
    onNotYet: (reason: string) => notYet.push(`${clock.now()} not yet: ${reason}`),
    onUnhealthy: (reason: string) => seen.push(`${clock.now()} unhealthy: ${reason}`),
    onReport: () => undefined,
  };
  const done = watchHealth(plan, reader, clock, life.signal);
  const end = async () => {
    life.abort(new Error("over"));
    await done;
  };
  await clock.advance(0); // the first question
  return { clock, seen, asked, notYet, end };
}

test("it asks at once, often, and after a while once a second", async () => {
  const { clock, asked, end } = await watched(() => false);
  await clock.advance(1_000);
  expect(asked.slice(0, 4)).toEqual([0, 20, 40, 60]);
  await clock.advance(60_000);
  expect((asked.at(-1) ?? 0) - (asked.at(-2) ?? 0)).toBe(1_000);
  await end();
});

test("it is ready when the probe says so, and unhealthy after so many failures in a row", async () => {
  const { clock, seen, end } = await watched((now) => now < 12_000 || now >= 24_000);
  await clock.advance(40_000);
  expect(seen).toEqual(["0 ready: yes", "20000 unhealthy: no", "25000 ready: yes"]);
  await end();
});

test("one that does not become ready in its time is unhealthy, and may still become ready", async () => {
  const { clock, seen, end } = await watched((now) => now >= 15_000);
  await clock.advance(20_000);
  expect(seen.map((each) => each.replace(/^\S+ /, ""))).toEqual(["unhealthy: no", "ready: yes"]);
  await end();
});

test("what the check says is told while it takes long, and no more once it is unhealthy", async () => {
  const { clock, notYet, seen, end } = await watched(() => false);
  await clock.advance(1_900);
  expect(notYet).toEqual([]);
  await clock.advance(5_000);
  expect(notYet[0]).toMatch(/ not yet: no$/);
  expect(seen).toEqual([]);
  await clock.advance(10_000);
  expect(seen).toHaveLength(1);
  const told = notYet.length;
  await clock.advance(10_000);
  expect(notYet).toHaveLength(told);
  await end();
});

test("without a probe, running for a second is ready", async () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  const plan: HealthPlan = { intervalMs: 1, timeoutMs: 1, retries: 1, patienceMs: 1 };
  const reader = {
    onReady: (reason: string) => seen.push(reason),
    onNotYet: () => undefined,
    onUnhealthy: () => undefined,
    onReport: () => undefined,
  };
  const done = watchHealth(plan, reader, clock, new AbortController().signal);
  await clock.advance(999);
  expect(seen).toEqual([]);
  await clock.advance(1);
  await done;
  expect(seen).toEqual(["it runs"]);
});

test("a probe that breaks is an answer, not an end", async () => {
  let count = 0;
  const probe = {
    label: "broken",
    check: async () => {
      if (count++ < 3) throw new Error("the driver broke");
      return { isReady: true, detail: "yes" };
    },
  };
  const { clock, seen, end } = await watched(() => true, { probe });
  await clock.advance(1_000);
  expect(seen).toHaveLength(1);
  await end();
});

test("an expensive check rests while it succeeds and its port answers, and is asked when the port does not", async () => {
  const clock = new FakeClock();
  let isOpen = true;
  const asked: number[] = [];
  const check = async () => {
    asked.push(clock.now());
    await clock.sleep(60);
    return { isReady: true, detail: "yes" };
  };
  const gate = { label: "port", check: async () => ({ isReady: isOpen, detail: "" }) };
  const plan = { intervalMs: 5_000, timeoutMs: 1_000, retries: 2, patienceMs: 10_000, isCostly: true, gate };
  const reader = {
    onReady: () => undefined,
    onNotYet: () => undefined,
    onUnhealthy: () => undefined,
    onReport: () => undefined,
  };
  const life = new AbortController();
  const done = watchHealth({ ...plan, probe: { label: "check", check } }, reader, clock, life.signal);
  await clock.advance(0);
  await clock.advance(29_000);
  expect(asked).toEqual([0]);
  await clock.advance(3_000);
  expect(asked).toEqual([0, 30_060]);
  isOpen = false;
  await clock.advance(6_000);
  expect(asked).toHaveLength(3);
  life.abort(new Error("over"));
  await done;
});

import { eventually, FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import { renewInTime } from "./front-certificate.ts";

const hour = 3_600_000;

test("a certificate is renewed when it is due and not before, also where a machine slept through it", async () => {
  const clock = new FakeClock(0);
  const end = new AbortController();
  let dueAt = 10 * hour;
  const renewals: number[] = [];
  const done = renewInTime(
    () => dueAt,
    async () => {
      renewals.push(clock.now());
      dueAt = clock.now() + 10 * hour;
    },
    clock,
    end.signal,
  );
  // The longest sleep is an hour: each is waited for.
  for (let step = 0; step < 9; step++) await pass(clock, hour);
  expect(renewals).toEqual([]);
  await pass(clock, hour);
  await eventually(() => renewals.length === 1);
  expect(renewals).toEqual([10 * hour]);
  end.abort();
  await done;
});

test("what cannot be renewed is tried again after a minute, not at once", async () => {
  const clock = new FakeClock(0);
  const end = new AbortController();
  let tries = 0;
  const done = renewInTime(
    () => -1,
    async () => {
      tries += 1;
    },
    clock,
    end.signal,
  );
  await eventually(() => tries === 1);
  await pass(clock, 59_999);
  expect(tries).toBe(1);
  await pass(clock, 1);
  await eventually(() => tries === 2);
  end.abort();
  await done;
});

/** Lets whoever waits begin to, and then time go by. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

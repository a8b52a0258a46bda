import { FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import { onceABurst } from "./once-a-burst.ts";

test("many changes are one piece of work, and those of an aborted time are none", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let done = 0;
  const change = onceABurst(() => done++, 200, clock);
  for (let count = 0; count < 5; count++) change(signal);
  await clock.advance(199);
  expect(done).toBe(0);
  await clock.advance(1);
  expect(done).toBe(1);
  change(signal);
  await clock.advance(200);
  expect(done).toBe(2);

  const end = new AbortController();
  change(end.signal);
  end.abort();
  await clock.advance(200);
  expect(done).toBe(2);
  change(signal);
  await clock.advance(200);
  expect(done).toBe(3);
});

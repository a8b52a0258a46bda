import { expect, test } from "vitest";
import { servingReloads, servingWorkers } from "./serving-parts.ts";

/** Tells whether a promise has resolved by now. */
function watch(promise: Promise<void>): () => Promise<boolean> {
  let isDone = false;
  void promise.then(() => {
    isDone = true;
  });
  return async () => {
    await Promise.resolve();
    return isDone;
  };
}

test("nginx's workers of before a reload are waited for, not those that took their place", async () => {
  const parts = servingWorkers();
  const say = (text: string) => parts.take(`2026/11/30 08:00:00 [notice] 10#10: ${text}`);
  say("start worker processes");
  say("start worker process 11");
  say("start worker process 12");
  const [retired, first] = [watch(parts.retired()), watch(parts.gone())];
  say("signal 1 (SIGHUP) received from 1, reconfiguring");
  say("start worker process 13");
  parts.take("2026/11/30 08:00:00 [notice] 11#11: gracefully shutting down");
  expect(await retired()).toBe(false);
  parts.take("2026/11/30 08:00:00 [notice] 12#12: gracefully shutting down");
  expect(await retired()).toBe(true);
  say("worker process 11 exited with code 0");
  expect(await first()).toBe(false);
  const second = watch(parts.gone());
  say("worker process 12 exited on signal 9");
  expect([await first(), await second()]).toEqual([true, false]);
  parts.end();
  expect(await second()).toBe(true);
  expect(await watch(parts.gone())()).toBe(true);
});

test("the edge counts: what drained before a reload says nothing of that reload", async () => {
  const parts = servingReloads();
  const first = watch(parts.gone());
  parts.take("reloaded 1");
  const second = watch(parts.gone());
  parts.take("drained 1");
  expect([await first(), await second()]).toEqual([true, false]);
  parts.take("reloaded 2");
  parts.take("drained 2");
  expect(await second()).toBe(true);
  const third = watch(parts.gone());
  parts.end();
  expect(await third()).toBe(true);
});

import { expect, test } from "vitest";
import { dueAt } from "./due-at.ts";

const hour = 3_600_000;
const never = { everyMs: undefined, schedule: undefined };

test("a backup is due so long after the last one was tried, and at once where none ever was", () => {
  const times = { ...never, everyMs: 4 * hour };
  expect(dueAt(times, 10 * hour, 11 * hour)).toBe(14 * hour);
  expect(dueAt(times, undefined, 11 * hour)).toBe(11 * hour);
});

test("one that was missed, however often, is due once: afterwards the next is in the future", () => {
  const now = Date.now();
  const due = dueAt({ ...never, everyMs: hour }, now - 50 * hour, now) ?? 0;
  expect(due).toBeLessThan(now);
  expect(dueAt({ ...never, everyMs: hour }, now, now)).toBe(now + hour);
});

test("at a time of the day it is due when that comes after the last one", () => {
  const nightly = { ...never, schedule: "0 3 * * *" };
  const at = (text: string) => new Date(text).getTime();
  expect(dueAt(nightly, at("2026-11-28T03:00:05"), 0)).toBe(at("2026-11-29T03:00:00"));
  expect(dueAt(nightly, undefined, at("2026-11-30T12:00:00"))).toBe(at("2026-12-01T03:00:00"));
});

test("without either it is never due", () => {
  expect(dueAt(never, undefined, 0)).toBeUndefined();
});

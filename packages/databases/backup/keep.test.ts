import { expect, test } from "vitest";
import { decideKeep, type KeepRules } from "./keep.ts";

const backup = (time: string, isVerified = false) => ({ id: time, at: Date.parse(time), isVerified });
const kept = (times: readonly string[], rules: KeepRules, verified?: string) =>
  decideKeep(
    times.map((time) => backup(time, time === verified)),
    rules,
    "Europe/Berlin",
  ).flatMap(({ id, isKept, because }) => (isKept ? [`${id}: ${because}`] : []));

test("of each hour, day, week, month and year that is kept, the newest stays", () => {
  const times = [
    "2026-11-30T08:10:00Z",
    "2026-11-30T08:50:00Z",
    "2026-11-30T07:00:00Z",
    "2026-11-29T20:00:00Z",
    "2026-11-22T20:00:00Z",
    "2026-10-01T00:00:00Z",
    "2025-12-31T23:30:00Z",
    "2024-06-01T00:00:00Z",
  ];
  expect(kept(times, { hourly: 2, daily: 2, weekly: 3, monthly: 3, yearly: 2 })).toEqual([
    "2026-11-30T08:50:00Z: the newest, hour 2026-11-30 09:00, day 2026-11-30, week 2026-W49, month 2026-11, year 2026",
    "2026-11-30T07:00:00Z: hour 2026-11-30 08:00",
    "2026-11-29T20:00:00Z: day 2026-11-29, week 2026-W48",
    "2026-11-22T20:00:00Z: week 2026-W47",
    "2026-10-01T00:00:00Z: month 2026-10",
    // In Berlin it is the first half hour of 2026.
    "2025-12-31T23:30:00Z: month 2026-01",
    "2024-06-01T00:00:00Z: year 2024",
  ]);
});

test("the newest and the last that was verified stay whatever the rules, and all of them without rules", () => {
  const times = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"];
  expect(kept(times, { daily: 0 }, "2026-11-01T00:00:00Z")).toEqual([
    "2026-11-03T00:00:00Z: the newest",
    "2026-11-01T00:00:00Z: the last that was verified",
  ]);
  expect(kept(times, {})).toHaveLength(3);
  expect(decideKeep([], { daily: 1 })).toEqual([]);
});

test("days without a backup do not count: seven daily ones are seven days that have one", () => {
  const times = Array.from(
    { length: 20 },
    (_, day) => `2026-0${1 + Math.floor(day / 10)}-${10 + (day % 10)}T12:00:00Z`,
  );
  expect(kept(times, { daily: 7 })).toHaveLength(7);
});

test("what goes says why", () => {
  const decisions = decideKeep([backup("2026-11-01T10:00:00Z"), backup("2026-11-01T11:00:00Z")], { daily: 1 }, "UTC");
  expect(decisions.at(-1)).toEqual({
    id: "2026-11-01T10:00:00Z",
    isKept: false,
    because: "a newer one stands for each of its times",
  });
});

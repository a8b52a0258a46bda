import { expect, test } from "vitest";
import { cpuText, durationText, memoryText } from "./amounts.ts";

test("memory takes at most four characters", () => {
  expect([0, 524_288, 92_274_688, 1_073_741_824, 1_288_490_189, 12_884_901_888].map(memoryText)).toEqual([
    "0K",
    "512K",
    "88M",
    "1.0G",
    "1.2G",
    "12G",
  ]);
});

test("durations and shares are as a person says them", () => {
  expect([180, 9_900, 14_400, 59_400, 59_600, 185_000].map(durationText)).toEqual([
    "0.2 s",
    "9.9 s",
    "14 s",
    "59 s",
    "1 min 0 s",
    "3 min 5 s",
  ]);
  expect([0, 0.031, 1.2].map(cpuText)).toEqual(["0 %", "3 %", "120 %"]);
});

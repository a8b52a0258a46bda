import { expect, test } from "vitest";
import { readSize, readTime } from "./words.ts";

test.each([
  ["10", 10_000],
  ["500ms", 500],
  ["1h30m", 5_400_000],
  ["1d", 86_400_000],
  ["0", 0],
  ["soon", undefined],
  ["10x", undefined],
  ["", undefined],
])("the time %s is %s ms", (word, time) => {
  expect(readTime(word)).toBe(time);
});

test.each([
  ["64k", 65_536],
  ["10M", 10_485_760],
  ["1g", 1_073_741_824],
  ["0", 0],
  ["10mb", undefined],
  ["-1", undefined],
])("the size %s is %s bytes", (word, size) => {
  expect(readSize(word)).toBe(size);
});

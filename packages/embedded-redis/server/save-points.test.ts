import { expect, test } from "vitest";
import { parseSavePoints } from "./save-points.ts";

test("Rules of the setting save are pairs of seconds and changes", () => {
  expect(parseSavePoints("3600 1 300 100")).toEqual([
    { seconds: 3600, changes: 1 },
    { seconds: 300, changes: 100 },
  ]);
  expect(parseSavePoints("")).toEqual([]);
});

test("Anything else is refused", () => {
  expect(parseSavePoints("3600")).toBeUndefined();
  expect(parseSavePoints("a 1")).toBeUndefined();
  expect(parseSavePoints("-1 1")).toBeUndefined();
});

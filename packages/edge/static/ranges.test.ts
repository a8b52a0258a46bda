import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { parseRanges } from "./ranges.ts";

test.each([
  ["bytes=0-4", [[0, 4]]],
  ["bytes=5-", [[5, 9]]],
  ["bytes=-3", [[7, 9]]],
  ["bytes=-30", [[0, 9]]],
  ["bytes=8-30", [[8, 9]]],
  [
    "bytes=0-1, 3-4",
    [
      [0, 1],
      [3, 4],
    ],
  ],
  ["bytes=10-", []],
  ["bytes=4-2", []],
  ["bytes=a-b", []],
  ["bytes=-", []],
  ["items=0-1", undefined],
  ["bytes=0-9,0-9", undefined],
])("%s of ten bytes", (header, ranges) => {
  expect(parseRanges(header, 10, 100)?.map(({ start, end }) => [start, end])).toEqual(ranges);
});

test("whatever is asked for lies inside the file", () => {
  const piece = constantFrom("0-", "-1", "-", "5-7", "7-5", "99-", "-99", "a", " 1-2 ", "");
  assert(
    property(array(piece), integer({ min: 0, max: 20 }), (pieces, size) => {
      const ranges = parseRanges(`bytes=${pieces.join(",")}`, size, 10) ?? [];
      return ranges.every(({ start, end }) => start >= 0 && start <= end && end < size);
    }),
  );
});

import { expect, it } from "vitest";
import { formatCursor, parseCursor, sinceOf } from "./log-cursors.ts";

const stamp = "2026-11-25T10:00:00.123456789Z";

it("comes back from its text as it was", () => {
  expect(parseCursor(formatCursor({ stamp, count: 3 }))).toEqual({ stamp, count: 3 });
});

it("is none where the text is something else", () => {
  expect(parseCursor("")).toBeUndefined();
  expect(parseCursor("yesterday/1")).toBeUndefined();
});

it("keeps the nanoseconds for the engine", () => {
  expect(sinceOf(stamp)).toBe(`${Date.parse("2026-11-25T10:00:00Z") / 1000}.123456789`);
});

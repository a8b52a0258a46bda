import { expect, test } from "vitest";
import { glyphsFor } from "../text/glyphs.ts";
import { lineText } from "../text/line.ts";
import { LogBuffer } from "./log-buffer.ts";
import type { LogLayout } from "./log-row.ts";
import { findEntry } from "./log-search.ts";
import { isAtStart, type LogPosition, reveal, scrollBy, startPosition, windowRows } from "./log-window.ts";

const layout: LogLayout = {
  width: 10,
  height: 3,
  isWrapped: false,
  nameWidth: 0,
  hasTime: false,
  hasLevel: false,
  nameOf: () => "api",
  accented: undefined,
  pattern: undefined,
  glyphs: glyphsFor(true),
};
const wrapped: LogLayout = { ...layout, isWrapped: true };

function logOf(...texts: readonly string[]): LogBuffer {
  const log = new LogBuffer();
  texts.forEach((text, index) => {
    log.push(
      { order: index + 1, at: 0, service: "api", number: 1, stream: "stdout", text },
      { lines: 1_000, characters: 1e9 },
    );
  });
  return log;
}

const seen = (log: LogBuffer, position: LogPosition, how = layout): readonly string[] =>
  windowRows(log, position, how).map((row) => lineText(row.line).trimEnd());

const ten = logOf(...Array.from({ length: 10 }, (_, index) => `line ${index + 1}`));

test("following shows the end", () => {
  expect(seen(ten, "follow")).toEqual(["line 8", "line 9", "line 10"]);
});

test("scrolling up stays at its place while lines arrive; scrolling down to the end follows again", () => {
  const log = logOf("a", "b", "c", "d", "e");
  const up = scrollBy(log, "follow", layout, -1);
  expect(seen(log, up)).toEqual(["b", "c", "d"]);
  log.push(
    { order: 99, at: 0, service: "api", number: 1, stream: "stdout", text: "new" },
    { lines: 1_000, characters: 1e9 },
  );
  expect(seen(log, up)).toEqual(["b", "c", "d"]);
  expect(scrollBy(log, up, layout, 2)).toBe("follow");
});

test("the start is the oldest line", () => {
  expect(seen(ten, startPosition(ten))).toEqual(["line 1", "line 2", "line 3"]);
  expect(isAtStart(ten, scrollBy(ten, "follow", layout, -100), layout)).toBe(true);
});

test("long lines are cut, or wrapped into rows that scroll one by one", () => {
  const log = logOf("short", "abcdefghijklmnopqrstuvwxyz", "end");
  expect(seen(log, "follow")).toEqual(["short", "abcdefghi…", "end"]);
  expect(seen(log, "follow", wrapped)).toEqual(["klmnopqrst", "uvwxyz", "end"]);
  expect(seen(log, scrollBy(log, "follow", wrapped, -1), wrapped)).toEqual(["abcdefghij", "klmnopqrst", "uvwxyz"]);
});

test("an entry is revealed by the least movement", () => {
  expect(seen(ten, reveal(ten, "follow", layout, 9))).toEqual(["line 8", "line 9", "line 10"]);
  expect(seen(ten, reveal(ten, "follow", layout, 4))).toEqual(["line 4", "line 5", "line 6"]);
  expect(seen(ten, reveal(ten, startPosition(ten), layout, 5))).toEqual(["line 3", "line 4", "line 5"]);
});

test("where the lines at a place have gone, the next ones are shown", () => {
  const log = logOf("a", "b", "c", "d", "e");
  log.trim({ lines: 4, characters: 1e9 });
  expect(seen(log, { top: 1, row: 0 })).toEqual(["b", "c", "d"]);
});

test("a line of 1 MB is one row that says its size", () => {
  const log = logOf("x".repeat(1_000_000));
  expect(seen(log, "follow")).toEqual([`${"x".repeat(9)}…`]);
  expect(seen(log, "follow", { ...wrapped, height: 300 }).join("")).toMatch(/x{2000} ?\(1\.0 ?MB, ?Enter/);
});

test("matches are found towards older and newer lines, and light up", () => {
  const log = logOf("timeout 1", "fine", "Timeout 2", "fine");
  expect(findEntry(log, "timeout", 99, "older")?.text).toBe("Timeout 2");
  expect(findEntry(log, "timeout", 3, "older")?.text).toBe("timeout 1");
  expect(findEntry(log, "timeout", 1, "newer")?.text).toBe("Timeout 2");
  expect(findEntry(log, "timeout", 1, "older")).toBeUndefined();
  const spans = windowRows(log, "follow", { ...layout, pattern: /time/iu })[1]?.line;
  expect(spans?.slice(0, 2)).toEqual([
    { text: "Time", tone: "match" },
    { text: "out 2", tone: "plain" },
  ]);
});

import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { escapeArgument, escapePath, normalizePath, splitQuery } from "./uri.ts";

test.each([
  ["/a/b", "/a/b"],
  ["/a/./b/", "/a/b/"],
  ["/a//b///c", "/a/b/c"],
  ["/a/b/../c", "/a/c"],
  ["/a/b/..", "/a/"],
  ["/a/.", "/a/"],
  ["/%61%2Fb", "/a/b"],
  ["/%E4%BD%A0", "/你"],
  ["/%FF", "/ÿ"],
  ["/.hidden/..more", "/.hidden/..more"],
  ["/a/%2e%2e/b", "/b"],
])("%s is matched as %s", (raw, path) => {
  expect(normalizePath(raw, true)).toBe(path);
});

test.each(["/..", "/a/../../b", "/%2e%2e/x", "/%zz", "/%", "/a%00b", "a", ""])("%s is refused", (raw) => {
  expect(normalizePath(raw, true)).toBeUndefined();
});

test("slashes stay where merge_slashes is off", () => {
  expect(normalizePath("/a//b", false)).toBe("/a//b");
});

test("a path that is escaped is read again as it was", () => {
  assert(
    property(string({ unit: "grapheme" }), (text) => {
      const path = `/x${text.replace(/[/\0.]/g, "")}`;
      return normalizePath(escapePath(path), true) === path;
    }),
  );
});

test("arguments escape what separates them", () => {
  expect(escapeArgument("a&b=c d+ü")).toBe("a%26b=c%20d%2B%C3%BC");
  expect(splitQuery("/a?b?c")).toEqual({ path: "/a", query: "b?c" });
});

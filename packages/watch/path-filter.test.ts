import { describe, expect, test } from "vitest";
import { isNeverWatched } from "./never-watched.ts";
import { dockerPatterns, gitPatterns } from "./path-filter.ts";

test("patterns of .dockerignore begin at the folder, and ! takes something back", () => {
  const matches = dockerPatterns("/shop/api", ["*.log", "dist", "**/*.test.ts", "!keep.log"]);
  const cases = ["a.log", "sub/a.log", "keep.log", "dist", "dist/x.js", "src/dist/x.js", "src/a.test.ts"];
  expect(cases.map((path) => matches(`/shop/api/${path}`))).toEqual([true, false, false, true, true, false, true]);
  expect([matches("/shop/api"), matches("/shop/web/a.log"), matches("/shop")]).toEqual([false, false, false]);
});

test("patterns of .gitignore match at every depth, folders with what lies in them", () => {
  const matches = gitPatterns("/shop", "build/\n*.log\n/only-here\n!important.log\n");
  const cases = ["a/build", "a/build/x.js", "a/b.log", "only-here", "a/only-here", "a/important.log"];
  expect(cases.map((path) => matches(`/shop/${path}`))).toEqual([true, true, true, true, false, false]);
});

describe("nobody edits", () => {
  test.each([".git", "node_modules", ".main.ts.swp", "4913", "main.ts~", "#main.ts#", ".#main.ts", "x___jb_tmp___"])(
    "%s",
    (name) => {
      expect(isNeverWatched(`/shop/${name}`)).toBe(true);
    },
  );
  test.each(["main.ts", ".env", "git.ts", "swp.txt"])("but may edit %s", (name) => {
    expect(isNeverWatched(`/shop/${name}`)).toBe(false);
  });
});

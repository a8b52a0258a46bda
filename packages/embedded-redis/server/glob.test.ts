import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

test.each([
  ["*", "", true],
  ["a*c", "abbc", true],
  ["a*c", "abbd", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["[a-c]x", "bx", true],
  ["[c-a]x", "bx", true],
  ["[^a]x", "bx", true],
  ["[^a]x", "ax", false],
  ["[\\]]", "]", true],
  ["\\*", "*", true],
  ["\\*", "x", false],
  ["h[ello", "hl", true],
  ["**a", "bba", true],
])("the pattern %j and the text %j: %s", (pattern, text, isMatch) => {
  expect(matchesGlob(pattern, text)).toBe(isMatch);
});

test("many stars take no more than quadratic time", () => {
  expect(matchesGlob(`${"a*".repeat(50)}b`, "a".repeat(2000))).toBe(false);
});

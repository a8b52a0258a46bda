import { expect, test } from "vitest";
import { isIn } from "./find-binding.ts";
import { keymap } from "./keymap.ts";
import { tabs } from "./tabs.ts";

test.each(tabs)("no key has two meanings in the tab $title", ({ id }) => {
  const keys = keymap.filter((each) => isIn(each, id)).flatMap((each) => each.keys);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("every action is in the table once", () => {
  expect(new Set(keymap.map((each) => each.id)).size).toBe(keymap.length);
});

test("every action has a key and a help without a full stop", () => {
  for (const each of keymap) {
    expect(each.keys.length).toBeGreaterThan(0);
    expect(each.help).toMatch(/^[a-z].*[^.]$/);
  }
});

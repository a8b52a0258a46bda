import { expect, test } from "vitest";
import { keymap } from "./keymap.ts";

test("no key has two meanings, and every action is in the table once", () => {
  const keys = keymap.flatMap((each) => each.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(keymap.map((each) => each.id)).size).toBe(keymap.length);
});

test("every action has a key and a help without a full stop", () => {
  for (const each of keymap) {
    expect(each.keys.length).toBeGreaterThan(0);
    expect(each.help).toMatch(/^[a-z].*[^.]$/);
  }
});

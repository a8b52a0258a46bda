import { expect, test } from "vitest";
import { type KeyFlags, readKeys, readRawKeys } from "./read-keys.ts";

const none: KeyFlags = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  meta: false,
};

test("keys have names, characters are themselves", () => {
  expect(readKeys("", { ...none, pageUp: true })).toEqual(["<pgup>"]);
  expect(readKeys("c", { ...none, ctrl: true })).toEqual(["<ctrl-c>"]);
  expect(readKeys("r", none)).toEqual(["r"]);
  expect(readKeys("", { ...none, escape: true, meta: true })).toEqual(["<esc>"]);
});

test("what is typed fast or pasted is many keys", () => {
  expect(readKeys("jj日\rq\x03", none)).toEqual(["j", "j", "日", "<enter>", "q", "<ctrl-c>"]);
});

test("a key right after Escape is not swallowed by it", () => {
  expect(readKeys(":", { ...none, meta: true })).toEqual(["<esc>", ":"]);
});

test("an escape sequence of raw input is one key", () => {
  expect(readRawKeys("\x1b[A")).toEqual(["<esc>"]);
  expect(readRawKeys("\x1bOPq\x03")).toEqual(["<esc>", "q", "<ctrl-c>"]);
});

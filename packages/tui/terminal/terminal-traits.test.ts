import { expect, test } from "vitest";
import { terminalTraits } from "./terminal-traits.ts";

test("NO_COLOR counts when it is not empty", () => {
  expect(terminalTraits({ TERM: "xterm", NO_COLOR: "1" }).hasColour).toBe(false);
  expect(terminalTraits({ TERM: "xterm", NO_COLOR: "" }).hasColour).toBe(true);
});

test("a dumb terminal has neither colours nor a cursor to move", () => {
  expect(terminalTraits({ TERM: "dumb" })).toMatchObject({ isDumb: true, hasColour: false });
});

test.each([
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "de_DE.utf8" }, true],
  [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, false],
  [{ LANG: "C", LC_CTYPE: "en_US.UTF-8" }, true],
  [{ LC_ALL: "", LANG: "en_US.ISO-8859-1" }, false],
  [{}, false],
  [{ TERM_PROGRAM: "Apple_Terminal" }, true],
])("with %j UTF-8 is %s", (variables, isUtf8) => {
  expect(terminalTraits(variables).isUtf8).toBe(isUtf8);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { terminalText } from "./terminal-text.ts";

test("plain text, tabs and letters of any script stay as they are", () => {
  expect(terminalText("GET\t/ 200 日本 é", true)).toBe("GET\t/ 200 日本 é");
});

test("a service's colours stay and end with its line", () => {
  expect(terminalText("\x1b[31mred\x1b[38:2::1:2:3mmore", true)).toBe("\x1b[31mred\x1b[38:2::1:2:3mmore\x1b[0m");
});

test("without colour the colours go too", () => {
  expect(terminalText("\x1b[1;31mred\x1b[0m", false)).toBe("red");
});

test("what clears the screen, moves the cursor or sets the title goes", () => {
  expect(terminalText("a\x1b[2J\x1b[Hb\x1b]0;title\x07c", true)).toBe("abc");
});

test("a carriage return inside a line is seen, the one of a line's end is not", () => {
  expect(terminalText("50%\r100%\r", true)).toBe("50%␍100%");
});

test("whatever comes in, nothing but colours steers the terminal", () => {
  const nasty = fc.constantFrom("\x1b[", "\x1b]", "\x07", "\x9b", "\x1b\\", "\x1b[31m", "\r", "31m", "0;x", "\x1b");
  const bytes = fc.uint8Array({ maxLength: 5 }).map((codes) => String.fromCharCode(...codes));
  const text = fc.array(fc.oneof(nasty, bytes), { maxLength: 12 });
  fc.assert(
    fc.property(text, fc.boolean(), (parts, hasColour) => {
      const left = terminalText(parts.join(""), hasColour).replaceAll(/\x1b\[[0-9;:]*m/g, "");
      expect(left).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
    }),
  );
});

import { anyCharacter } from "@drydock/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { neutralise } from "./neutralise.ts";

test("text without anything suspicious stays as it is", () => {
  expect(neutralise("GET / 200 in 3 ms")).toBe("GET / 200 in 3 ms");
});

test("colours and cursor movements go", () => {
  expect(neutralise("\x1b[31mred\x1b[0m \x1b[2J\x1b[Hhome \x1b(Bcharset \x1b7saved")).toBe("red home charset saved");
});

test("titles, links and other control strings go with what they carry", () => {
  expect(neutralise("\x1b]0;title\x07a \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1bPq#0\x1b\\b")).toBe("a link b");
});

test("a control string that never ends hides nothing after it but its introducer", () => {
  expect(neutralise("a\x1b]0;not ended")).toBe("a0;not ended");
});

test("8-bit control characters are taken as what they are in C1", () => {
  expect(neutralise("\x9b31mred \x9d0;title\x9ca\x84b")).toBe("red a\ufffdb");
});

test("a carriage return inside a line is seen, the one of a line end is not", () => {
  expect(neutralise("50%\r100%\r")).toBe("50%␍100%");
});

test("bell, backspace and delete become pictures", () => {
  expect(neutralise("a\x07b\bc\x7f")).toBe("a␇b␈c␡");
});

test("tabs go to stops of eight cells, wide characters counted as two", () => {
  expect(neutralise("ab\tc\td")).toBe("ab      c       d");
  expect(neutralise("日本\tc")).toBe("日本    c");
});

test("characters that reorder or hide text are dropped in rows and shown where text is read whole", () => {
  expect(neutralise("exe\u202Egnp\u200B.\u2066x")).toBe("exegnp.x");
  expect(neutralise("exe\u202Egnp\u200B.", "show")).toBe("exe<U+202E>gnp<U+200B>.");
});

test("piles of combining marks are cut to four", () => {
  expect(neutralise(`Z${"\u0351".repeat(40)}algo`)).toBe(`Z${"\u0351".repeat(4)}algo`);
});

test("half a surrogate pair becomes a replacement character", () => {
  expect(neutralise("a\ud83d b")).toBe("a\ufffd b");
});

test("whatever comes in, no control character comes out, and doing it twice changes nothing", () => {
  const nasty = fc.constantFrom("\x1b[", "\x1b]", "\x07", "\x9b", "\x1b\\", "\t", "\r", "\u202e", "31m", "é", "日");
  const text = fc.array(fc.oneof(nasty, fc.string({ unit: fc.nat().map(anyCharacter), maxLength: 6 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const safe = neutralise(parts.join(""));
      expect(safe).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
      expect(neutralise(safe)).toBe(safe);
    }),
  );
});

test("a megabyte of tabs or escapes takes no quadratic time", () => {
  expect(neutralise("\t".repeat(1_000_000))).toBe("");
  expect(neutralise("\x1b]".repeat(500_000)).length).toBeLessThan(1_000_001);
});

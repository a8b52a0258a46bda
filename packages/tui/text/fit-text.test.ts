import fc from "fast-check";
import { expect, test } from "vitest";
import { cellWidth, cutText, fitText, wrapText } from "./fit-text.ts";

test("text that fits stays whole; text that does not ends in an ellipsis", () => {
  expect(cutText("abcdef", 6, "…")).toBe("abcdef");
  expect(cutText("abcdefg", 6, "…")).toBe("abcde…");
});

test("a wide character that does not fit is left out whole", () => {
  expect(cutText("日本語", 4, "…")).toBe("日…");
  expect(fitText("日本語", 4, "…")).toBe("日… ");
  expect(fitText("日本語", 2, "…")).toBe("… ");
  expect(fitText("日本語", 1, "")).toBe(" ");
});

test("a combining character is never parted from its base", () => {
  expect(wrapText("abe\u0301d", 3)).toEqual(["abe\u0301", "d"]);
});

test("wrapping breaks at the width and keeps every character", () => {
  expect(wrapText("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  expect(wrapText("", 3)).toEqual([""]);
});

test("any text is cut, filled and wrapped to its cells", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (each, cells) => {
      expect(cellWidth(fitText(each, cells, "…"))).toBe(cells);
      expect(wrapText(each, cells).join("")).toBe(each);
      for (const row of wrapText(each, cells)) expect(cellWidth(row)).toBeLessThanOrEqual(cells);
    }),
  );
});

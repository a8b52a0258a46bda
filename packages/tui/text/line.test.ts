import { expect, test } from "vitest";
import { fitLine, lineText, span, spread, wrapLine, wrapWords } from "./line.ts";

test("a line is cut across its spans, with an ellipsis for what went", () => {
  const line = [span("api ", "accent"), span("listening"), span(" port=3001", "dim")];
  expect(lineText(fitLine(line, 10, "…"))).toBe("api liste…");
  expect(lineText(fitLine(line, 13, "…"))).toBe("api listenin…");
  expect(fitLine(line, 4, "…")).toEqual([span("api…", "accent")]);
});

test("a short line is filled", () => {
  expect(lineText(fitLine([span("api")], 6, "…"))).toBe("api   ");
});

test("the right side stands at the end, and goes when there is no room for both", () => {
  expect(lineText(spread([span("left")], [span("right")], 12, "…"))).toBe("left   right");
  expect(lineText(spread([span("left")], [span("right")], 10, "…"))).toBe("left      ");
});

test("wrapped rows are indented and keep their tones", () => {
  const rows = wrapLine([span("12:00 ", "dim"), span("abcdefghij")], 10, 6);
  expect(rows.map(lineText)).toEqual(["12:00 abcd", "      efgh", "      ij"]);
  expect(rows[1]).toEqual([span("      "), span("efgh")]);
});

test("a character wider than the room still takes a row, and wrapping ends", () => {
  expect(
    wrapLine([span("각ᅡᅡᅡ日")], 2, 0)
      .map(lineText)
      .join(""),
  ).toBe("각ᅡᅡᅡ日");
});

test("prose is broken between words, and a word that is too long where it must be", () => {
  expect(wrapWords("What it holds now is lost", 10)).toEqual(["What it", "holds now", "is lost"]);
  expect(wrapWords("a 0123456789abc b", 6)).toEqual(["a", "012345", "6789ab", "c b"]);
  expect(wrapWords("", 6)).toEqual([""]);
});

import { expect, test } from "vitest";
import { terminalSvg } from "./terminal-svg.mjs";

test("each run of one style stands at its cell, wide characters take two, and markup in the text stays text", () => {
  const svg = terminalSvg("漢字\x1b[32mok\x1b[0m <b> & more", { columns: 20, rows: 2 });
  const texts = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, text]) => [Number(x), text]);
  expect(texts.map(([, text]) => text)).toEqual(["漢字", "ok", "\u00a0&lt;b&gt;\u00a0&amp;\u00a0more"]);
  const [first = 0, second = 0, third = 0] = texts.map(([x]) => Number(x));
  expect((second - first) / (third - second)).toBeCloseTo(2);
  expect(svg).toMatch(/<text [^>]*fill="rgb\([^)]+\)"[^>]*>ok</);
});

import { expect, test } from "vitest";
import { fuzzyScore } from "./fuzzy-match.ts";

const best = (query: string, ...texts: readonly string[]): string | undefined =>
  texts
    .flatMap((text) => {
      const score = fuzzyScore(text, query);
      return score === undefined ? [] : [{ text, score }];
    })
    .sort((a, b) => b.score - a.score)[0]?.text;

test("characters must occur in their order", () => {
  expect(fuzzyScore("restart api", "rpi")).toBeDefined();
  expect(fuzzyScore("restart api", "apir")).toBeUndefined();
  expect(fuzzyScore("anything", "")).toBeDefined();
});

test("beginnings of words win over places inside them", () => {
  expect(best("rw", "restart worker", "restart browser")).toBe("restart worker");
  expect(best("stop api", "stop api", "stop rapid", "restart api")).toBe("stop api");
  expect(best("log", "log of web", "follow the log at its end")).toBe("log of web");
});

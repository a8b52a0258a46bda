import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["image", "init", "depends_on", "environment", "run", "pin", "ports", "expose"];

test.each([
  ["imge", "image"],
  ["depnds_on", "depends_on"],
  ["enviroment", "environment"],
  ["Environments", "environment"],
  ["rnu", "run"],
  ["prots", "ports"],
  ["net", undefined],
  ["completely", undefined],
  ["x", undefined],
])("%s most likely means %s", (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});

import { afterAll, beforeAll, describe, test } from "vitest";
import { compareFilters } from "./compare-filters.ts";
import { compareProjections, compareSorts } from "./compare-finds.ts";
import { compareMistakes } from "./compare-mistakes.ts";
import { comparePatterns } from "./compare-patterns.ts";
import { compareShapes } from "./compare-shapes.ts";
import { compareUpdates } from "./compare-updates.ts";
import { type Oracle, startOracle, whyNoOracle } from "./oracle.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle?.stop());

  test("10,000 filters find the same documents", () => compareFilters(oracle, 1000));

  test("5,000 regular expressions match the same texts", () => comparePatterns(oracle, 500));

  test("2,000 times, shapes meet and contain the same shapes", () => compareShapes(oracle, 2000));

  test("25,000 updates have the same results", () => compareUpdates(oracle, 500));

  test("9,000 mistakes are refused with the same codes", () => compareMistakes(oracle, 100));

  test("2,000 projections give the same documents", () => compareProjections(oracle, 2000));

  test("1,000 sorts give an order that is one here", () => compareSorts(oracle, 1000));
});

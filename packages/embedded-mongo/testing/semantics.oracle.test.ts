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

  test("a filter finds the same documents", () => compareFilters(oracle, 30));

  test("a regular expression matches the same texts", () => comparePatterns(oracle, 10));

  test("shapes meet and contain the same shapes", () => compareShapes(oracle, 40));

  test("an update has the same result", () => compareUpdates(oracle, 8));

  test("an operator that is given what it does not take is refused with the same code", () =>
    compareMistakes(oracle, 4));

  test("a projection gives the same documents", () => compareProjections(oracle, 80));

  test("a sort gives an order that is one here", () => compareSorts(oracle, 40));
});

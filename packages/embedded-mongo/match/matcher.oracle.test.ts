import { afterAll, beforeAll, describe, test } from "vitest";
import { compareFilters } from "../testing/compare-filters.ts";
import { type Oracle, startOracle, whyNoOracle } from "../testing/oracle.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle?.stop());

  test("a filter finds the same documents", () => compareFilters(oracle, 30));
});

import { afterAll, beforeAll, describe, test } from "vitest";
import { compareUpdates } from "../testing/compare-updates.ts";
import { type Oracle, startOracle, whyNoOracle } from "../testing/oracle.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle?.stop());

  test("25,000 updates have the same results", () => compareUpdates(oracle, 500));
});

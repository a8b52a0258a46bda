import { afterAll, beforeAll, describe, test } from "vitest";
import { compareProjections, compareSorts } from "../testing/compare-finds.ts";
import { type Oracle, startOracle, whyNoOracle } from "../testing/oracle.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle?.stop());

  test("a projection gives the same documents", () => compareProjections(oracle, 80));

  test("a sort gives an order that is one here", () => compareSorts(oracle, 40));
});

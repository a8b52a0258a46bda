import { afterAll, beforeAll, describe, test } from "vitest";
import { type Oracle, startOracle, whyNoOracle } from "../testing/oracle.ts";
import { comparePipelines } from "./testing/compare-pipelines.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle?.stop());

  test("thousands of pipelines give the same documents", () => comparePipelines(oracle, 700));
});

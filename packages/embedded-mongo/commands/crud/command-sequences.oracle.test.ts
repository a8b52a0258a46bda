import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type TestServer } from "../../test-client.ts";
import { type Oracle, startOracle, whyNoOracle } from "../../testing/oracle.ts";
import { arbitrarySequence, outcomes } from "./test-command-sequences.ts";

describe.skipIf(whyNoOracle)(`Beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`, () => {
  let oracle: Oracle;
  let server: TestServer;
  beforeAll(async () => {
    [oracle, server] = await Promise.all([startOracle(), serve()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([oracle?.stop(), server?.end()]);
  });

  test("commands one after the other have the same results and error codes", async () => {
    const ours = (await server.connect()).db("sequences");
    const theirs = oracle.client.db("sequences");
    await fc.assert(
      fc.asyncProperty(arbitrarySequence, async (commands) => {
        expect(await outcomes(ours, commands)).toEqual(await outcomes(theirs, commands));
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

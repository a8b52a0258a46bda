import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";
import { arbitraryCase, expectSameResults } from "./test-indexed-results.ts";

let server: TestServer;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.end());

test("a query finds the same, at length, with every index as without", async () => {
  const client = await server.connect();
  let at = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryCase, (example) => expectSameResults(client.db("indexed"), at++, example)),
    { numRuns: 3000 },
  );
});

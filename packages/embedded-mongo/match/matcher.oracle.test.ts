import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { arbitraryDocument } from "../testing/arbitrary-documents.ts";
import { arbitraryFilter } from "../testing/arbitrary-filters.ts";
import { type Oracle, startOracle, whyNoOracle } from "../testing/oracle.ts";
import { fromPlain } from "../testing/plain.ts";
import { DateValue } from "../values/scalars.ts";
import { compileMatcher } from "./matcher.ts";
import { parseFilter } from "./parse-filter.ts";

const options = { now: new DateValue(0) };

describe.skipIf(whyNoOracle)(
  `Filters, beside an oracle${whyNoOracle === undefined ? "" : ` (skipped: ${whyNoOracle})`}`,
  () => {
    let oracle: Oracle;
    const documents = fc
      .sample(arbitraryDocument, { numRuns: 150, seed: 7 })
      .map((document, _id) => ({ _id, ...document }));
    const ours = documents.map((document) => fromPlain(document));

    beforeAll(async () => {
      oracle = await startOracle();
      await oracle.client.db("test").collection<Plain>("matched").insertMany(documents);
    });
    afterAll(() => oracle?.stop());

    test("find the same documents, or the same error", async () => {
      const collection = oracle.client.db("test").collection<Plain>("matched");
      await fc.assert(
        fc.asyncProperty(fc.array(arbitraryFilter, { minLength: 1, maxLength: 20 }), async (filters) => {
          const theirs = await Promise.all(
            filters.map((filter) =>
              collection
                .find(filter, { projection: { _id: 1 }, sort: { _id: 1 } })
                .toArray()
                .then(
                  (found) => found.map((each) => Number(each["_id"])),
                  (error) => `error ${error.code}`,
                ),
            ),
          );
          for (const [at, filter] of filters.entries()) expect([filter, match(filter)]).toEqual([filter, theirs[at]]);
        }),
        { numRuns: 20 },
      );
    });

    function match(filter: Plain): readonly number[] | string {
      try {
        const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
        return ours.flatMap((document, index) => (matcher.matches(document) ? [index] : []));
      } catch (error) {
        if (error instanceof MongoError) return `error ${error.code}`;
        throw error;
      }
    }
  },
);

void BSON;

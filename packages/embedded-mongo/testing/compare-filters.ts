import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { expect } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { DateValue } from "../values/scalars.ts";
import { arbitraryDocument } from "./arbitrary-documents.ts";
import { arbitraryFilter } from "./arbitrary-filters.ts";
import type { Oracle } from "./oracle.ts";
import { fromPlain } from "./plain.ts";

const options = { now: new DateValue(0) };

/** Matches `runs` times up to 20 filters against 150 documents, here and there. @throws what vitest's `expect` throws where the two differ */
export async function compareFilters(oracle: Oracle, runs: number): Promise<void> {
  const documents = fc.sample(arbitraryDocument, 150).map((document, _id): Plain => ({ _id, ...document }));
  const collection = oracle.client.db("filters").collection<Plain>("matched");
  await collection.deleteMany({});
  await collection.insertMany(documents);
  const ours = documents.map(fromPlain);
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryFilter, { minLength: 1, maxLength: 20 }), async (filters) => {
      const answers = filters.map((filter) =>
        collection
          .find(filter, { projection: { _id: 1 }, sort: { _id: 1 } })
          .toArray()
          .then(idsOf, ({ code }) => `error ${code}`),
      );
      const theirs = await Promise.all(answers);
      for (const [at, filter] of filters.entries()) {
        const found = match(filter);
        if (found !== theirs[at]) expect({ filter, found }).toEqual({ filter, found: theirs[at] });
      }
    }),
    { numRuns: runs },
  );

  function match(filter: Plain): string {
    try {
      const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
      return ours.flatMap((document, index) => (matcher.matches(document) ? [index] : [])).join();
    } catch (error) {
      if (error instanceof MongoError) return `error ${error.code}`;
      throw error;
    }
  }
}

const idsOf = (found: readonly Plain[]): string => found.map(({ _id }) => Number(_id)).join();

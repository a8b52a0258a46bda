import fc from "fast-check";
import { expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { arbitraryDocument } from "../testing/arbitrary-documents.ts";
import { arbitraryFilter } from "../testing/arbitrary-filters.ts";
import { fromPlain } from "../testing/plain.ts";
import { DateValue } from "../values/scalars.ts";
import { implies } from "./partial-filter.ts";

const options = { now: new DateValue(0) };
const parse = (filter: object) => parseFilter(fromPlain(filter), options);

test.each([
  [{ a: 5 }, { a: { $gt: 1 } }, true],
  [{ a: { $gte: 5 } }, { a: { $gt: 1 } }, true],
  [{ a: { $gte: 1 } }, { a: { $gt: 1 } }, false],
  [{ a: { $in: [2, 3] } }, { a: { $gt: 1 } }, true],
  [{ a: { $in: [1, 3] } }, { a: { $gt: 1 } }, false],
  [{ a: 5 }, { a: { $exists: true } }, true],
  [{ a: null }, { a: { $exists: true } }, false],
  [{ a: 1, b: 2 }, { b: 2 }, true],
  [{ a: 1 }, { b: 2 }, false],
  [{ $or: [{ a: 1 }, { a: 2 }] }, { a: { $lt: 5 } }, true],
  [{ $or: [{ a: 1 }, { b: 2 }] }, { a: { $lt: 5 } }, false],
  [{ a: "x" }, { a: { $gt: 5 } }, false],
  [{ a: 1 }, { $or: [{ a: 1 }, { b: 1 }] }, true],
  [{ a: 1, b: 1 }, { $and: [{ a: 1 }, { b: 1 }] }, true],
])("%j implies %j: %s", (query, filter, expected) => {
  expect(implies(parse(query), parse(filter))).toBe(expected);
});

test("what is implied is met by every document that the query finds", () => {
  fc.assert(
    fc.property(
      arbitraryFilter,
      arbitraryFilter,
      fc.array(arbitraryDocument, { maxLength: 8 }),
      (query, filter, documents) => {
        const [narrow, wide] = [parsed(query), parsed(filter)];
        if (!narrow || !wide || !implies(narrow, wide)) return;
        const [isFound, isMet] = [compileMatcher(narrow, options), compileMatcher(wide, options)];
        for (const document of documents.map(fromPlain))
          if (isFound.matches(document)) expect(isMet.matches(document)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

function parsed(filter: object) {
  try {
    return parse(filter);
  } catch (error) {
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

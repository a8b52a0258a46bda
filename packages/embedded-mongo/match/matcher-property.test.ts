import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDocument } from "../testing/arbitrary-documents.ts";
import { arbitraryFilter } from "../testing/arbitrary-filters.ts";
import { fromPlain } from "../testing/plain.ts";
import { Document } from "../values/document.ts";
import { DateValue } from "../values/scalars.ts";
import { compileMatcher } from "./matcher.ts";
import { parseFilter } from "./parse-filter.ts";

const options = { now: new DateValue(0) };
const matcherOf = (filter: object) => compileMatcher(parseFilter(fromPlain(filter), options), options);

test("a filter says the same of bytes and of decoded fields, alone, in $and, and contrary in $nor", () => {
  fc.assert(
    fc.property(fc.array(arbitraryDocument, { maxLength: 8 }), arbitraryFilter, (documents, filter) => {
      const matchers = [filter, { $and: [filter] }, { $or: [filter] }, { $nor: [{ $nor: [filter] }] }].map(matcherOf);
      const contrary = matcherOf({ $nor: [filter] });
      for (const plain of documents) {
        const bytes = fromPlain(plain);
        const decoded = Document.of(bytes.fields());
        const answers = matchers.flatMap((matcher) => [fromPlain(plain), decoded].map((each) => matcher.matches(each)));
        expect(new Set([...answers, !contrary.matches(bytes)]).size).toBe(1);
        // Telling the position takes another way through the document.
        if (answers[0]) matchers[0]?.position(bytes);
      }
    }),
    { numRuns: 400 },
  );
});

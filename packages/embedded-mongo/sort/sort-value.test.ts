import fc from "fast-check";
import { expect, test } from "vitest";
import { indexRows } from "../storage/index-rows.ts";
import { arbitraryDocument, arbitraryPath } from "../testing/arbitrary-documents.ts";
import { fromPlain } from "../testing/plain.ts";
import { compareValues } from "../values/compare.ts";
import type { Value } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { splitPath } from "../values/path.ts";
import { compileSortValue } from "./sort-value.ts";

test("a document sorts by the first of the keys that an index on the path has for it", () => {
  const check = (plain: object, path: string, direction: 1 | -1) => {
    const document = fromPlain(plain);
    const { rows } = indexRows(document, [splitPath(path)]);
    const keys = rows.map(([key]): Value => key ?? null);
    const [first = null] = keys.sort((left, right) => compareValues(left, right) * direction);
    const sorted = compileSortValue(path, direction, undefined)(document);
    expect([path, formatValue(document), formatValue(sorted)]).toEqual([
      path,
      formatValue(document),
      formatValue(first),
    ]);
  };
  fc.assert(fc.property(arbitraryDocument, arbitraryPath, fc.constantFrom<1 | -1>(1, -1), check), { numRuns: 2000 });
});

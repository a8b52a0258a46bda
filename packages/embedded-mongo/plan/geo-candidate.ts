import type { MatchExpression } from "../match/expression.ts";
import { geoRanges } from "../storage/geo-ranges.ts";
import type { IndexInfo } from "../storage/store.ts";
import type { Candidate } from "./candidate.ts";
import { everything } from "./intervals.ts";
import { conjunctsOf } from "./predicates.ts";

/** How an index that begins with a place answers `$geoWithin` and `$geoIntersects`; undefined when it does not. */
export function geoCandidate(index: IndexInfo, expression: MatchExpression): Candidate | undefined {
  const [path, kind] = index.key[0] ?? [];
  if ((kind !== "2dsphere" && kind !== "2d") || index.partialFilter) return undefined;
  for (const conjunct of conjunctsOf(expression)) {
    if (conjunct.kind !== "geo" || conjunct.path !== path) continue;
    return {
      scan: {
        kind: "index",
        // A shape lies in several cells: each record is taken once.
        index: { ...index, isMultikey: true },
        bounds: index.key.map(([each]) => ({ path: each, intervals: everything })),
        ranges: geoRanges(index, conjunct.operator, conjunct.argument),
        isReverse: false,
        isExact: false,
      },
      isSorted: false,
      equalities: 0,
      hasRange: true,
    };
  }
  return undefined;
}

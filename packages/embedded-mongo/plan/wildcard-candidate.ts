import type { MatchExpression } from "../match/expression.ts";
import { encodeKeyPart } from "../storage/key-encoding.ts";
import type { IndexInfo } from "../storage/store.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { isIndex } from "../values/path.ts";
import type { Candidate } from "./candidate.ts";
import { isEverything, isPoint } from "./intervals.ts";
import { keyRanges } from "./key-ranges.ts";
import { implies } from "./partial-filter.ts";
import { predicateBounds } from "./predicate-bounds.ts";
import { predicatesOf } from "./predicates.ts";

/**
 * How a wildcard index answers a condition on one path: its entries are a path and a value, and what has no such path has no entry (manual,
 * "Wildcard Indexes", Query/Sort Support). Undefined when it does not.
 */
export function wildcardCandidate(
  index: IndexInfo,
  expression: MatchExpression,
  hasQueryCollation: boolean,
): Candidate | undefined {
  const [root, direction] = index.key[0] ?? [];
  if (root === undefined || direction === undefined || index.key.length > 1) return undefined;
  if (index.specification.has("wildcardProjection") || index.partialFilter) return undefined;
  for (const predicate of predicatesOf(expression)) {
    const { path } = predicate;
    if (!holds(root, path) || path.split(".").some(isIndex) || asksForParts(predicate.expression)) continue;
    if (!implies(predicate.expression, { kind: "exists", path: pathWithin(predicate.expression) })) continue;
    const bounds = predicateBounds(predicate.expression, {
      index: { ...index, isSparse: false },
      hasQueryCollation,
      sortsStrings: index.collation === undefined,
    });
    if (!bounds || isEverything(bounds.intervals)) continue;
    const field = { path, intervals: bounds.intervals };
    const ofPath = { ...index, key: [[path, direction] as const] };
    const prefix = encodeKeyPart(path, 1);
    const { ranges } = keyRanges(ofPath, [field]);
    const behind = (end: Buffer | undefined) => (end ? Buffer.concat([prefix, end]) : prefix);
    const isLookup = bounds.intervals.every(isPoint);
    return {
      scan: {
        kind: "index",
        index,
        bounds: [
          { path: "$_path", intervals: [{ from: path, isFromIncluded: true, to: path, isToIncluded: true }] },
          field,
        ],
        ranges: ranges.map((range) => ({ ...range, from: behind(range.from), to: behind(range.to) })),
        isReverse: false,
        isExact: false,
      },
      isSorted: false,
      equalities: isLookup ? 1 : 0,
      hasRange: !isLookup,
    };
  }
  return undefined;
}

const holds = (root: string, path: string): boolean => {
  if (root === "$**") return path !== "_id" && !path.startsWith("_id.");
  const base = root.slice(0, -".$**".length);
  return path === base || path.startsWith(`${base}.`);
};

/** Documents and arrays are stored in their parts. */
function asksForParts(expression: MatchExpression): boolean {
  const hasParts = (value: Value) => value instanceof Document || isArray(value);
  if (expression.kind === "compare") return hasParts(expression.value);
  return expression.kind === "in" ? expression.values.some(hasParts) : expression.kind === "exists";
}

const pathWithin = (expression: MatchExpression): string => ("path" in expression ? expression.path : "");

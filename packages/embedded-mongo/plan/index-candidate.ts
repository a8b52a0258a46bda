import type { Collation } from "../collation/collation.ts";
import { parseCollation } from "../collation/collation.ts";
import type { MatchExpression } from "../match/expression.ts";
import { parseFilter } from "../match/parse-filter.ts";
import type { SortPart } from "../sort/sort-order.ts";
import type { IndexInfo } from "../storage/store.ts";
import { equalValues } from "../values/compare.ts";
import { DateValue } from "../values/scalars.ts";
import type { Candidate } from "./candidate.ts";
import { indexBounds } from "./field-bounds.ts";
import { geoCandidate } from "./geo-candidate.ts";
import { orderByMerging, orderFromIndex } from "./index-order.ts";
import { keyRanges } from "./key-ranges.ts";
import { implies } from "./partial-filter.ts";
import { conjunctsOf, predicatesOf } from "./predicates.ts";
import { wildcardCandidate } from "./wildcard-candidate.ts";

/** What candidates are made for. */
export interface CandidateRequest {
  readonly expression: MatchExpression;
  readonly sort: readonly SortPart[];
  readonly collation: Collation | undefined;
  /** The user has asked for this index, who then also answers for what it leaves out. */
  readonly isHinted: boolean;
}

/** How an index answers a query; undefined when it cannot, or when it would be read as a whole for nothing. */
export function indexCandidate(index: IndexInfo, request: CandidateRequest): Candidate | undefined {
  const collation = parseCollation(index.collation);
  const hasQueryCollation = isSameCollation(collation, request.collation);
  if (index.key.some(([path]) => path.endsWith("$**"))) {
    return wildcardCandidate(index, request.expression, hasQueryCollation);
  }
  if (isSpecial(index)) return geoCandidate(index, request.expression);
  if (index.partialFilter && !coversPartially(index.partialFilter, request)) return undefined;
  const predicates = predicatesOf(request.expression);
  const bounds = indexBounds(predicates, { index, hasQueryCollation, sortsStrings: collation === undefined });
  if (index.isSparse && !request.isHinted && !leavesNothingOut(index, request.expression)) return undefined;
  const sortsAlike = hasQueryCollation && collation === undefined && !index.key.some(([, kind]) => kind === "hashed");
  const isSorting = request.sort.length > 0 && sortsAlike;
  const plain = isSorting ? orderFromIndex(index, bounds.fields, request.sort) : undefined;
  const merged = isSorting && !plain ? orderByMerging(index, bounds.fields, request.sort) : undefined;
  const order = plain ?? merged?.order;
  const planned = keyRanges(index, bounds.fields, collation, merged?.fields);
  const { ranges, depth, equalities, isExact, prefixLengths } = planned;
  const isNarrow = depth > 0;
  if (!isNarrow && order === undefined && !request.isHinted && !index.partialFilter) return undefined;
  const told = new Set(
    bounds.exact
      .slice(0, depth)
      .flat()
      .map((predicate) => predicate.expression),
  );
  const isComplete = conjunctsOf(request.expression).every((each) => each.kind === "always" || told.has(each));
  return {
    scan: {
      kind: "index",
      index,
      bounds: bounds.fields,
      ranges,
      isReverse: order === "backward",
      isExact: isExact && isComplete && hasQueryCollation,
      mergedBehind: merged && prefixLengths,
    },
    isSorted: order !== undefined,
    equalities,
    hasRange: depth > equalities,
  };
}

/** Text and geographic indexes answer their own operators only. */
const isSpecial = ({ key }: IndexInfo): boolean =>
  key.some(([, kind]) => kind === "text" || kind === "2dsphere" || kind === "2d");

function coversPartially(partialFilter: NonNullable<IndexInfo["partialFilter"]>, request: CandidateRequest): boolean {
  return implies(request.expression, parseFilter(partialFilter, { now: new DateValue(0) }));
}

const isSameCollation = (left: Collation | undefined, right: Collation | undefined): boolean =>
  left && right ? equalValues(left.specification, right.specification) : left === right;

/** A sparse index leaves out documents that have none of its fields. */
function leavesNothingOut(index: IndexInfo, expression: MatchExpression): boolean {
  return predicatesOf(expression).some(
    (predicate) =>
      index.key.some(([path]) => path === predicate.path) &&
      implies(predicate.expression, { kind: "exists", path: pathWithin(predicate.expression) }),
  );
}

const pathWithin = (expression: MatchExpression): string => ("path" in expression ? expression.path : "");

import type { Collation } from "../collation/collation.ts";
import type { MatchExpression } from "../match/expression.ts";
import type { SortPart } from "../sort/sort-order.ts";
import type { CollectionInfo } from "../storage/store.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { RegexValue } from "../values/scalars.ts";
import type { Candidate } from "./candidate.ts";
import { type Hint, readHint } from "./hint.ts";
import { type CandidateRequest, indexCandidate } from "./index-candidate.ts";
import type { Plan } from "./plan.ts";
import { type KeyLimits, planBetween } from "./plan-between.ts";
import { planSpecial } from "./plan-special.ts";
import { planUnion } from "./plan-union.ts";

/** What a query wants, as far as it decides how it is answered. */
export interface PlanRequest {
  readonly expression: MatchExpression;
  readonly sort?: readonly SortPart[] | undefined;
  /** An index's name, its key, or `{ $natural: 1 | -1 }`. */
  readonly hint?: Value | undefined;
  /** Of the query, or the collection's own when it names none. */
  readonly collation?: Collation | undefined;
  /** Whether only the first few are wanted: then an index in the order of the sort is worth more than one that selects. */
  readonly isLimited?: boolean;
  readonly limits?: KeyLimits | undefined;
}

/**
 * Decides how a query is answered, by rules alone: most equalities first, then the order of the sort, then ranges. Reads nothing.
 * @throws MongoError BadValue for a hint that names no index
 */
export function planQuery(request: PlanRequest, info: CollectionInfo): Plan {
  const { expression } = request;
  const sort = request.sort ?? [];
  const hint = readHint(request.hint, info);
  if (expression.kind === "never") return { access: { kind: "nothing" }, isSorted: true };
  const between = planBetween(request.limits ?? {}, hint);
  if (between) return { access: between, isSorted: sort.length === 0 };
  const special = planSpecial(expression, info);
  if (special) return { access: special, isSorted: sort.length === 0 };
  const natural = naturalOrder(sort);
  if (natural !== undefined || hint?.kind === "natural") return collectionScan(natural, hint, sort);
  const id = hint ? undefined : idOf(expression, info, request.collation);
  if (id !== undefined) return { access: { kind: "id", id }, isSorted: true };
  const wanted: CandidateRequest = { expression, sort, collation: request.collation, isHinted: hint !== undefined };
  const indexes = hint ? [hint.index] : info.indexes.filter((index) => !index.isHidden);
  const candidates = indexes.flatMap((index) => indexCandidate(index, wanted) ?? []);
  const best = candidates.sort((a, b) => compareWorth(a, b, request.isLimited ?? false))[0];
  if (!best || (!isSelective(best) && !best.isSorted)) {
    const union = hint ? undefined : planUnion(wanted, indexes);
    if (union) return { access: union, isSorted: sort.length === 0 };
  }
  if (!best) return collectionScan(undefined, undefined, sort);
  return { access: best.scan, isSorted: best.isSorted || sort.length === 0 };
}

const isSelective = ({ equalities, hasRange, scan }: Candidate): boolean =>
  equalities > 0 || hasRange || scan.index.partialFilter !== undefined;

/** The more valuable one first. Between equals, the index with fewer fields, then the older one. */
function compareWorth(left: Candidate, right: Candidate, isLimited: boolean): number {
  const order = Number(right.isSorted) - Number(left.isSorted);
  const range = Number(right.hasRange) - Number(left.hasRange);
  return (
    right.equalities - left.equalities ||
    (isLimited ? order || range : range || order) ||
    Number(right.scan.isExact) - Number(left.scan.isExact) ||
    left.scan.index.key.length - right.scan.index.key.length
  );
}

function collectionScan(natural: 1 | -1 | undefined, hint: Hint | undefined, sort: readonly SortPart[]): Plan {
  const isReverse = natural === -1 || (hint?.kind === "natural" && hint.isReverse);
  return { access: { kind: "collection", isReverse }, isSorted: sort.length === 0 || natural !== undefined };
}

const naturalOrder = (sort: readonly SortPart[]): 1 | -1 | undefined =>
  sort[0]?.path === "$natural" ? sort[0].direction : undefined;

/** The value of `{ _id: value }`, when the index of `_id` compares it as the query does. */
function idOf(expression: MatchExpression, info: CollectionInfo, collation: Collation | undefined): Value | undefined {
  if (expression.kind !== "compare" || expression.path !== "_id" || expression.operator !== "$eq") return undefined;
  if (info.kind === "timeseries") return undefined;
  return isSimpleId(expression.value) && !collation && !info.options.has("collation") ? expression.value : undefined;
}

/** Arrays and patterns are no `_id`; null would also find what is missing. */
export const isSimpleId = (value: Value): boolean =>
  value !== null &&
  !isArray(value) &&
  !(value instanceof RegexValue) &&
  !(value instanceof Document && isOperator(value));

const isOperator = (value: Document): boolean => value.firstName?.startsWith("$") ?? false;

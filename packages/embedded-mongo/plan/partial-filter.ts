import type { MatchExpression } from "../match/expression.ts";
import { compareValues } from "../values/compare.ts";
import type { Value } from "../values/document.ts";
import { Marker } from "../values/scalars.ts";
import { equalityBounds, inequalityBounds } from "./comparison-bounds.ts";
import { intersect, isEverything, union } from "./intervals.ts";
import type { Interval } from "./plan.ts";
import { conjunctsOf } from "./predicates.ts";

/**
 * Whether every document that the query finds meets the filter of a partial index (manual, "Partial Indexes", Query Coverage). False also when
 * that is merely not seen.
 */
export function implies(query: MatchExpression, filter: MatchExpression): boolean {
  if (filter.kind === "always") return true;
  if (filter.kind === "and") return filter.children.every((child) => implies(query, child));
  if (filter.kind === "or" && filter.children.some((child) => implies(query, child))) return true;
  if (query.kind === "or") return query.children.every((child) => implies(child, filter));
  return conjunctsOf(query).some((condition) =>
    condition.kind === "or"
      ? condition.children.every((child) => implies(child, filter))
      : conditionImplies(condition, filter),
  );
}

function conditionImplies(condition: MatchExpression, filter: MatchExpression): boolean {
  if (!("path" in condition) || !("path" in filter) || condition.path !== filter.path) return isSame(condition, filter);
  if (filter.kind === "exists") return findsOnlyWhatExists(condition);
  const wide = intervalsOf(filter);
  const narrow = intervalsOf(condition);
  return wide && narrow ? isInside(narrow, wide) : isSame(condition, filter);
}

function findsOnlyWhatExists(condition: MatchExpression): boolean {
  switch (condition.kind) {
    case "compare":
      // MinKey and MaxKey compare with what is missing, too.
      return condition.value !== null && !(condition.value instanceof Marker);
    case "in":
      return condition.values.every((value) => value !== null);
    case "exists":
    case "regex":
    case "size":
    case "elemMatch":
      return true;
    default:
      return false;
  }
}

function intervalsOf(expression: MatchExpression): readonly Interval[] | undefined {
  if (expression.kind === "in") {
    return expression.patterns.length > 0
      ? undefined
      : union(expression.values.flatMap((value) => exactEquality(value)));
  }
  if (expression.kind !== "compare" || Array.isArray(expression.value)) return undefined;
  return expression.operator === "$eq"
    ? exactEquality(expression.value)
    : inequalityBounds(expression.operator, expression.value)?.intervals;
}

const exactEquality = (value: Value): readonly Interval[] => equalityBounds(value).intervals;

const isInside = (narrow: readonly Interval[], wide: readonly Interval[]): boolean => {
  if (isEverything(wide)) return true;
  const shared = intersect(narrow, wide);
  return shared.length === narrow.length && shared.every((each, index) => isSameInterval(each, narrow[index]));
};

const isSameInterval = (left: Interval, right: Interval | undefined): boolean =>
  right !== undefined &&
  compareValues(left.from, right.from) === 0 &&
  compareValues(left.to, right.to) === 0 &&
  left.isFromIncluded === right.isFromIncluded &&
  left.isToIncluded === right.isToIncluded;

/** The same condition, written in both. */
function isSame(left: MatchExpression, right: MatchExpression): boolean {
  if (left.kind === "regex" && right.kind === "regex") {
    return left.path === right.path && String(left.pattern) === String(right.pattern);
  }
  if (left.kind === "size" && right.kind === "size") return left.path === right.path && left.size === right.size;
  return (
    left.kind === "not" &&
    right.kind === "not" &&
    conditionImplies(left.child, right.child) &&
    conditionImplies(right.child, left.child)
  );
}

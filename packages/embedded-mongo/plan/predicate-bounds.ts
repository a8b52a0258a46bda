import type { MatchExpression } from "../match/expression.ts";
import type { IndexInfo } from "../storage/store.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { bsonUndefined } from "../values/scalars.ts";
import { type Bounds, equalityBounds, inequalityBounds, prefixBounds, stringBounds } from "./comparison-bounds.ts";
import { complement, everything, point, union } from "./intervals.ts";

/** What the bounds of a predicate depend on. */
export interface BoundsOptions {
  readonly index: IndexInfo;
  /** The index compares strings as the query does. */
  readonly hasQueryCollation: boolean;
  /** Its keys of strings sort as the strings do: not with a collation. */
  readonly sortsStrings: boolean;
}

/** Where in a field of an index the matches of a predicate lie; undefined when it does not narrow the search. */
export function predicateBounds(expression: MatchExpression, options: BoundsOptions): Bounds | undefined {
  switch (expression.kind) {
    case "compare":
      return comparisonBounds(expression.operator, expression.value, options);
    case "in":
      return inBounds(expression.values, expression.patterns.length, options);
    case "regex":
      return options.sortsStrings && options.hasQueryCollation && !isHashed(options.index)
        ? prefixBounds(expression.prefix, expression.value)
        : undefined;
    case "exists":
      // Only a sparse index leaves out what has no such field.
      return options.index.isSparse ? { intervals: everything, isExact: false } : undefined;
    case "not":
      return contraryBounds(expression.child, options);
    default:
      return undefined;
  }
}

function comparisonBounds(
  operator: "$eq" | "$lt" | "$lte" | "$gt" | "$gte",
  value: Value,
  options: BoundsOptions,
): Bounds | undefined {
  if (isHashed(options.index) && operator !== "$eq") return undefined;
  if (holdsStrings(value)) {
    if (!options.hasQueryCollation) return undefined;
    // A collation's keys find what is equal and say nothing of what is less; inside documents they are not looked for.
    if (!options.sortsStrings && (operator !== "$eq" || typeof value !== "string")) return undefined;
  }
  const bounds = operator === "$eq" ? equalityBounds(value) : inequalityBounds(operator, value);
  return value === null && bounds && bounds.intervals.length > 0 ? missingBounds(options) : bounds;
}

/** A missing field is stored as null; below an empty array it may be stored as undefined. */
const missingBounds = ({ index }: BoundsOptions): Bounds => ({
  intervals: index.isMultikey ? [point(bsonUndefined), point(null)] : [point(null)],
  isExact: false,
});

const isHashed = ({ key }: IndexInfo): boolean => key.some(([, direction]) => direction === "hashed");

const holdsStrings = (value: Value): boolean =>
  typeof value === "string" ||
  (isArray(value) && value.some(holdsStrings)) ||
  (value instanceof Document && [...value.fields().values()].some(holdsStrings));

function inBounds(values: readonly Value[], patterns: number, options: BoundsOptions): Bounds | undefined {
  const each = values.map((value) => comparisonBounds("$eq", value, options));
  if (patterns > 0) {
    if (!options.sortsStrings || !options.hasQueryCollation || isHashed(options.index)) return undefined;
    each.push(stringBounds(undefined));
  }
  const known = each.filter((bounds) => bounds !== undefined);
  if (known.length < each.length) return undefined;
  return {
    intervals: union(known.flatMap(({ intervals }) => intervals)),
    isExact: known.every(({ isExact }) => isExact),
  };
}

/** `$ne`, `$nin`, `$not`: everything but what the child's bounds hold, when these hold matches alone. */
function contraryBounds(child: MatchExpression, options: BoundsOptions): Bounds | undefined {
  if (isHashed(options.index) || !options.sortsStrings || !options.hasQueryCollation) return undefined;
  if (child.kind === "exists") return options.index.isSparse ? undefined : missingBounds(options);
  const bounds = predicateBounds(child, options);
  if (!bounds) return undefined;
  const isExact = bounds.isExact || (!options.index.isMultikey && isNullAlone(child));
  // With arrays an entry outside says nothing of the document's other entries.
  return isExact
    ? { intervals: complement(bounds.intervals), isExact: bounds.isExact && !options.index.isMultikey }
    : undefined;
}

const isNullAlone = (child: MatchExpression): boolean =>
  child.kind === "compare" && child.operator === "$eq" && child.value === null;

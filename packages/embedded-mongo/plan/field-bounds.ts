import type { Bounds } from "./comparison-bounds.ts";
import { everything, intersect, isEverything, isPoint } from "./intervals.ts";
import type { FieldBounds } from "./plan.ts";
import { type BoundsOptions, predicateBounds } from "./predicate-bounds.ts";
import { type Predicate, speakOfOneElement } from "./predicates.ts";

/** The bounds of all fields of an index, and which predicates they say completely. */
export interface IndexBounds {
  readonly fields: readonly FieldBounds[];
  /** By field: the predicates that need no second look when the field's bounds are kept exactly. */
  readonly exact: readonly (readonly Predicate[])[];
}

interface Candidate {
  readonly predicate: Predicate;
  readonly bounds: Bounds;
}

/**
 * Chooses bounds for each field. Where the index holds array elements, two predicates are joined only when they speak of the same element:
 * another element may meet the other one.
 */
export function indexBounds(predicates: readonly Predicate[], options: BoundsOptions): IndexBounds {
  const { index } = options;
  const used: Predicate[] = [];
  const mayJoin = (candidate: Predicate) =>
    !index.isMultikey || used.every((other) => speakOfOneElement(other, candidate));
  const fields: FieldBounds[] = [];
  const exact: (readonly Predicate[])[] = [];
  for (const [path] of index.key) {
    const candidates = candidatesFor(path, predicates, options).sort(narrowestFirst);
    let intervals = everything;
    const complete: Predicate[] = [];
    for (const { predicate, bounds } of candidates) {
      if (!mayJoin(predicate)) continue;
      used.push(predicate);
      intervals = intersect(intervals, bounds.intervals);
      if (bounds.isExact) complete.push(predicate);
    }
    fields.push({ path, intervals });
    exact.push(complete);
  }
  return { fields, exact };
}

function candidatesFor(path: string, predicates: readonly Predicate[], options: BoundsOptions): Candidate[] {
  return predicates.flatMap((predicate) => {
    if (predicate.path !== path) return [];
    const bounds = predicateBounds(predicate.expression, options);
    return bounds ? [{ predicate, bounds }] : [];
  });
}

/** Points before ranges, few before many. */
function narrowestFirst(left: Candidate, right: Candidate): number {
  const cost = ({ bounds: { intervals } }: Candidate) =>
    isEverything(intervals) ? Infinity : intervals.length + (intervals.every(isPoint) ? 0 : 1e6);
  return Math.sign(cost(left) - cost(right)) || 0;
}

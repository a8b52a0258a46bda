import { compareValues } from "../values/compare.ts";
import type { Value } from "../values/document.ts";
import { maxKey, minKey } from "../values/scalars.ts";
import type { Interval } from "./plan.ts";

/** The interval that holds one value alone. */
export const point = (value: Value): Interval => ({
  from: value,
  isFromIncluded: true,
  to: value,
  isToIncluded: true,
});

/** Every value. */
export const everything: readonly Interval[] = [{ from: minKey, isFromIncluded: true, to: maxKey, isToIncluded: true }];

/** Whether the interval is one value. */
export const isPoint = ({ from, to, isFromIncluded, isToIncluded }: Interval): boolean =>
  isFromIncluded && isToIncluded && compareValues(from, to) === 0;

/** Whether these intervals leave nothing out. */
export function isEverything(intervals: readonly Interval[]): boolean {
  const [only, ...others] = intervals;
  return only !== undefined && others.length === 0 && only.from === minKey && only.to === maxKey;
}

/** The same values as intervals in ascending order that do not touch. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort(compareStarts);
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (last && touches(last, interval)) joined[joined.length - 1] = { ...last, ...laterEnd(last, interval) };
    else joined.push(interval);
  }
  return joined;
}

/** The values that are in both; both are ascending and apart. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  if (isEverything(left)) return right;
  if (isEverything(right)) return left;
  const shared: Interval[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [left[i], right[j]];
    if (!a || !b) return shared;
    const start = compareStarts(a, b) >= 0 ? a : b;
    const isEndOfA = compareEnds(a, b) <= 0;
    const end = isEndOfA ? a : b;
    const both = { from: start.from, isFromIncluded: start.isFromIncluded, to: end.to, isToIncluded: end.isToIncluded };
    if (!isEmpty(both)) shared.push(both);
    if (isEndOfA) i++;
    else j++;
  }
}

/** Every value that is in none of these, which are ascending and apart. */
export function complement(intervals: readonly Interval[]): readonly Interval[] {
  const gaps: Interval[] = [];
  let from: Value = minKey;
  let isFromIncluded = true;
  for (const interval of intervals) {
    const gap = { from, isFromIncluded, to: interval.from, isToIncluded: !interval.isFromIncluded };
    if (!isEmpty(gap)) gaps.push(gap);
    from = interval.to;
    isFromIncluded = !interval.isToIncluded;
  }
  const last = { from, isFromIncluded, to: maxKey, isToIncluded: true };
  if (!isEmpty(last)) gaps.push(last);
  return gaps;
}

function isEmpty({ from, to, isFromIncluded, isToIncluded }: Interval): boolean {
  const order = compareValues(from, to);
  return order > 0 || (order === 0 && !(isFromIncluded && isToIncluded));
}

function compareStarts(a: Interval, b: Interval): number {
  return compareValues(a.from, b.from) || Number(b.isFromIncluded) - Number(a.isFromIncluded);
}

function compareEnds(a: Interval, b: Interval): number {
  return compareValues(a.to, b.to) || Number(a.isToIncluded) - Number(b.isToIncluded);
}

/** `next` starts at or behind the start of `last`. */
function touches(last: Interval, next: Interval): boolean {
  const order = compareValues(next.from, last.to);
  return order < 0 || (order === 0 && (next.isFromIncluded || last.isToIncluded));
}

const laterEnd = (a: Interval, b: Interval): Pick<Interval, "to" | "isToIncluded"> => {
  const { to, isToIncluded } = compareEnds(a, b) >= 0 ? a : b;
  return { to, isToIncluded };
};

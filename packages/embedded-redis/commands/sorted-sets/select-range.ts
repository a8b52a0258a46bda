import type { Scored } from "../../keyspace/sorted-members.ts";
import type { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { indexRange } from "../index-range.ts";
import type { MemberRange } from "./score-range.ts";

/** The ranks [start, end) of the members in a range. */
export function ranksOf(set: SortedSetValue, range: MemberRange): readonly [start: number, end: number] {
  const start = set.rankWhere(range.isAboveMin);
  const end = set.rankWhere((score, member) => !range.isBelowMax(score, member));
  return [start, Math.max(start, end)];
}

function byRank(set: SortedSetValue, start: number, end: number, isReverse: boolean): Scored[] {
  const found = set.slice(start, end);
  return isReverse ? found.reverse() : found;
}

/** Members by inclusive indexes, which count from the other end when reversed. */
export function byIndexes(set: SortedSetValue, from: number, to: number, isReverse: boolean): Scored[] {
  const [start, end] = indexRange(from, to, set.size);
  if (start === end) return [];
  return isReverse ? byRank(set, set.size - end, set.size - start, true) : byRank(set, start, end, false);
}

/** Members in a range, without the first `offset`, at most `count` (negative for all). */
export function byRange(
  set: SortedSetValue,
  range: MemberRange,
  isReverse: boolean,
  offset: number,
  count: number,
): Scored[] {
  const [start, end] = ranksOf(set, range);
  if (offset < 0 || offset >= end - start) return [];
  const limit = count < 0 ? end - start : count;
  if (isReverse) return byRank(set, Math.max(start, end - offset - limit), end - offset, true);
  return byRank(set, start + offset, Math.min(end, start + offset + limit), false);
}

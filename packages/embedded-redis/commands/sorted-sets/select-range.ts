import type { SkipNode } from "../../keyspace/skip-list.ts";
import type { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { indexRange } from "../index-range.ts";
import type { NodeRange } from "./score-range.ts";

/** A member with its score. */
export type Scored = readonly [member: string, score: number];

/** The ranks [start, end) of the members in a range. */
export function ranksOf({ list }: SortedSetValue, range: NodeRange): readonly [start: number, end: number] {
  const start = list.rankWhere((node) => range.isAboveMin(node));
  const end = list.rankWhere((node) => !range.isBelowMax(node));
  return [start, Math.max(start, end)];
}

/** The members with ranks in [start, end), backwards on request. */
export function byRank({ list }: SortedSetValue, start: number, end: number, isReverse: boolean): Scored[] {
  const found: Scored[] = [];
  let node: SkipNode | undefined = list.at(isReverse ? end - 1 : start);
  for (let count = end - start; count > 0 && node !== undefined; count--) {
    found.push([node.member, node.score]);
    node = isReverse ? node.previous : node.next[0];
  }
  return found;
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
  range: NodeRange,
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

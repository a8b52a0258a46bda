import { childrenOf, type RegexNode } from "./syntax.ts";

/**
 * Whether a backtracking engine may need far more steps for this pattern than its text is long: a repetition of something that can match in
 * several ways, or three repetitions without an end, which is a cubic time. Also what JavaScript cannot do: atomic groups.
 */
export function mayRunAway(node: RegexNode): boolean {
  return hasAtomic(node) || hasNestedChoice(node) || countEndless(node) >= 3;
}

const hasAtomic = (node: RegexNode): boolean => node.kind === "atomic" || childrenOf(node).some(hasAtomic);

function hasNestedChoice(node: RegexNode): boolean {
  // A few turns multiply little; many turns multiply without bounds.
  if (node.kind === "repeat" && node.max > 4 && matchesInSeveralWays(node.child)) return true;
  return childrenOf(node).some(hasNestedChoice);
}

function matchesInSeveralWays(node: RegexNode): boolean {
  if (node.kind === "repeat" && node.max !== node.min) return true;
  if (node.kind === "choice") return true;
  return childrenOf(node).some(matchesInSeveralWays);
}

/** How many repetitions have no end, or one that is far away. */
export function countEndless(node: RegexNode): number {
  const own = node.kind === "repeat" && node.max > 64 ? 1 : 0;
  return childrenOf(node).reduce((sum, child) => sum + countEndless(child), own);
}

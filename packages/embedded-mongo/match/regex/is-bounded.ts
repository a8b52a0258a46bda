import { childrenOf, type RegexNode } from "./syntax.ts";

/** Whether what it matches has a greatest length: only then it can lie in a lookbehind (pcre2pattern(3), "Lookbehind assertions"). */
export const isBounded = (node: RegexNode): boolean =>
  !(node.kind === "repeat" && node.max === Number.POSITIVE_INFINITY) && childrenOf(node).every(isBounded);

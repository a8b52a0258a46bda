import { type BacktrackingPattern, backtrack, type Found } from "./backtrack.ts";
import { emitJavaScript } from "./emit-javascript.ts";
import { countEndless, mayRunAway } from "./may-run-away.ts";
import { caseOf, type RegexNode } from "./syntax.ts";

// The longest text, in UTF-16 units, that JavaScript's engine gets: with this many repetitions without an end (or a start at every place) it may take
// about 10^8 steps for it.
const longestTexts = [Number.POSITIVE_INFINITY, 10_000, 460] as const;

/**
 * A pattern whose time is bounded: JavaScript's engine, which cannot be interrupted, matches what it is quick with; our own, which counts its steps,
 * everything else: also what JavaScript cannot do, as to ignore case for a part alone.
 */
export function boundedPattern(root: RegexNode, pattern: string): RegExp | BacktrackingPattern {
  const letters = caseOf(root);
  if (letters === "mixed" || mayRunAway(root)) return backtrack(root, pattern);
  const flags = letters === "ignored" ? "iu" : "u";
  const regex = new RegExp(emitJavaScript(root), flags);
  const longest = longestTexts[countEndless(root)] ?? 0;
  if (longest === Number.POSITIVE_INFINITY) return regex;
  const global = new RegExp(regex, `${flags}g`);
  let careful: BacktrackingPattern | undefined;
  const carefully = () => {
    careful ??= backtrack(root, pattern);
    return careful;
  };
  return {
    test: (text) => (text.length <= longest ? regex.test(text) : carefully().test(text)),
    find: (text, from) => (text.length <= longest ? found(global, text, from) : carefully().find(text, from)),
  };
}

function found(global: RegExp, text: string, from: number): Found | undefined {
  global.lastIndex = from;
  const match = global.exec(text);
  if (!match) return undefined;
  const [whole, ...captures] = match;
  return { start: match.index, end: match.index + whole.length, captures };
}

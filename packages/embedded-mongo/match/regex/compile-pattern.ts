import { MongoError } from "../../errors/mongo-error.ts";
import type { RegexValue } from "../../values/scalars.ts";
import type { BacktrackingPattern } from "./backtrack.ts";
import { boundedPattern } from "./bounded-pattern.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { RegexFlags, RegexNode } from "./syntax.ts";

/** A regular expression that was compiled. */
export interface CompiledPattern {
  readonly pattern: RegExp | BacktrackingPattern;
  /** What every matching string begins with; undefined when nothing is known. */
  readonly prefix: string | undefined;
}

/**
 * Compiles PCRE's syntax, what of it has a meaning in JavaScript (manual, "$regex"). Patterns that could run away are matched with a limit of steps.
 * @throws MongoError 51091 for an invalid pattern or one that is not supported, 51108 for unknown options
 */
export function compilePattern({ pattern, options }: RegexValue): CompiledPattern {
  const root = parsePattern(pattern, parseFlags(options, pattern));
  return { pattern: boundedPattern(root, pattern), prefix: prefixOf(root) };
}

function parseFlags(options: string, pattern: string): RegexFlags {
  for (const option of options) {
    if (!"imsxu".includes(option)) throw new MongoError(51108, `invalid flag in regex options: ${option}`);
  }
  if (pattern.includes("\0")) throw new MongoError(51109, "Regular expression cannot contain an embedded null byte");
  return {
    ignoreCase: options.includes("i"),
    multiLine: options.includes("m"),
    dotAll: options.includes("s"),
    extended: options.includes("x"),
  };
}

function prefixOf(root: RegexNode): string | undefined {
  if (root.kind !== "sequence") return undefined;
  const [first, ...rest] = root.items;
  if (first?.kind !== "leaf" || first.source !== "^") return undefined;
  let prefix = "";
  for (const item of rest) {
    if (item.kind !== "leaf" || item.literal === undefined || item.isCaseless === true) break;
    prefix += item.literal;
  }
  return prefix === "" ? undefined : prefix;
}

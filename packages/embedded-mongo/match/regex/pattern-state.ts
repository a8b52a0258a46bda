import type { Scanner } from "./scanner.ts";
import type { RegexFlags, RegexNode } from "./syntax.ts";

/** What is known while a pattern is parsed. Flags change within: `(?i)`. */
export interface PatternState {
  readonly scanner: Scanner;
  flags: RegexFlags;
  captures: number;
  readonly names: Map<string, number>;
  /** References are checked when all captures are known. */
  readonly references: number[];
  parseChoice(): RegexNode;
}

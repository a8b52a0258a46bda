import type { Codebase } from "./codebase.ts";
import type { Violation } from "./violation.ts";

/** A rule of the architecture. `sentence` is the rule itself, in words. */
export interface Law {
  readonly sentence: string;
  /** Every violation in the tree; empty where it keeps the law. */
  readonly check: (codebase: Codebase) => readonly Violation[];
}

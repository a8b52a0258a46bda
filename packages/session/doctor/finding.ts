import type { StackSource } from "../supervisor.ts";

/** What a check found. A problem keeps the stack from coming up; a warning makes something slower or poorer. */
export interface Finding {
  readonly check: string;
  readonly level: "ok" | "warning" | "problem";
  /** What is, as a sentence. */
  readonly message: string;
  /** The exact thing to do; present unless all is well. */
  readonly fix?: string;
  /** What was looked at: places, versions. */
  readonly details?: readonly string[];
}

/** One check. Never rejects: what it cannot look at is a finding too. */
export type Check = (source: StackSource, signal: AbortSignal) => Promise<readonly Finding[]>;

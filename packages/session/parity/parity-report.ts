import type { ParityLine } from "@drydock/nginx";

/** What came of a comparison. */
export interface ParityReport {
  /** What was compared: a file or an address of production, and ours in words. */
  readonly theirs: string;
  readonly ours: string;
  /** From 0 to 100. */
  readonly score: number;
  readonly lines: readonly ParityLine[];
  /** What was left out, as sentences. */
  readonly notices: readonly string[];
}

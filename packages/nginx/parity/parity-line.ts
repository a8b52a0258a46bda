import type { Place } from "../directive.ts";

/** One thing that two sides may do differently: production, and this stack. */
export interface ParityLine {
  /** The host name that it is about. */
  readonly site: string;
  /** `/api/`, `= /healthz`; undefined for what is about a whole site. */
  readonly location: string | undefined;
  /** A directive, a header, or words: `proxy_read_timeout`, `TLS versions`. */
  readonly topic: string;
  readonly isSame: boolean;
  /** What a difference costs: 3 changes what clients get, 2 changes it at times, 1 is mostly speed. */
  readonly weight: 1 | 2 | 3;
  readonly theirs: ParityValue;
  readonly ours: ParityValue;
  /** What to write, and where; undefined where nothing has to change. */
  readonly advice: string | undefined;
}

/** What one side says. */
export interface ParityValue {
  /** As a person would write it; `not set` where nothing is said and nothing is done. */
  readonly text: string;
  readonly place: Place | undefined;
}

/** From 0 to 100: how much of what was compared is the same, by weight; rounded down, so that 100 means all. */
export function parityScore(lines: readonly ParityLine[]): number {
  const sum = (all: readonly ParityLine[]) => all.reduce((total, { weight }) => total + weight, 0);
  const total = sum(lines);
  return total === 0 ? 100 : Math.floor((100 * sum(lines.filter(({ isSame }) => isSame))) / total);
}

/** One way to find out whether a container does its work. */
export interface Probe {
  /** What is asked, for a person: a command line, or `port 3000`. */
  readonly label: string;
  readonly ask: (signal: AbortSignal) => Promise<ProbeAnswer>;
  /** The pause after the first failure; it doubles up to `lastPauseMs`. */
  readonly firstPauseMs: number;
  readonly lastPauseMs: number;
}

export interface ProbeAnswer {
  /** `no`: not yet; ask again. `never`: asking again is of no use. */
  readonly verdict: "yes" | "no" | "never";
  /** Why, in words: `port 3000 answers`, `health check: connection refused`. */
  readonly reason: string;
}

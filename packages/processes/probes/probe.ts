import type { ProbeAnswer } from "../options.ts";

/** One way to ask whether an instance works. */
export interface Probe {
  /** What is asked, for people: `tcp 127.0.0.1:3000`, `curl -f http://127.0.0.1:3000/`. */
  readonly label: string;
  /** Asks once. Rejects only when the signal is aborted. */
  check(signal: AbortSignal): Promise<ProbeAnswer>;
}

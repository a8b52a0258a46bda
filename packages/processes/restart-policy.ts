import type { RestartPolicy } from "@drydock/core";

// Docker's own numbers (moby, restartmanager: defaultTimeout, backoffMultiplier, maxRestartTimeout, and 10 s of running that reset it).
const firstDelayMs = 100;
const longestDelayMs = 60_000;
const stableAfterMs = 10_000;

/** How a process ended and what came before. */
export interface Ending {
  readonly exitCode: number;
  /** How long it ran. */
  readonly ranMs: number;
  /** The delay before this run; undefined for the first run. */
  readonly lastDelayMs: number | undefined;
  /** Restarts that the policy has made so far. */
  readonly restarts: number;
}

/** What follows an exit that nobody asked for. */
export type AfterExit = { readonly kind: "restart"; readonly delayMs: number } | { readonly kind: "stay" };

/** Decides by the service's `restart:`; delays double from 100 ms to a minute and start over after 10 s of running. */
export function decideRestart(policy: RestartPolicy, ending: Ending): AfterExit {
  const { lastDelayMs, ranMs, exitCode, restarts } = ending;
  if (policy.kind === "no") return { kind: "stay" };
  if (policy.kind === "on-failure") {
    if (exitCode === 0) return { kind: "stay" };
    if (policy.maxRetries !== undefined && restarts >= policy.maxRetries) return { kind: "stay" };
  }
  const isFresh = lastDelayMs === undefined || ranMs >= stableAfterMs;
  return { kind: "restart", delayMs: isFresh ? firstDelayMs : Math.min(lastDelayMs * 2, longestDelayMs) };
}

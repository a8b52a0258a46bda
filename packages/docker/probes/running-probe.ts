import type { Clock } from "@drydock/core";
import type { Container } from "../container.ts";
import type { Probe } from "./probe.ts";

/** A program that cannot start says so within this time: missing modules, bad configuration, a port that is taken. */
const provenMs = 1_000;

/** For a container that neither checks its health nor listens: it is taken as ready when it has run for a second without an end. */
export function runningProbe(clock: Clock, container: Container): Probe {
  return {
    label: "running for 1 s",
    // The engine's clock may be another machine's: never wait longer than the second itself.
    ask: async (signal) => {
      const ranMs = clock.now() - Date.parse(container.startedAt);
      const leftMs = Math.min(Math.max(provenMs - ranMs, 0), provenMs);
      if (leftMs > 0) await clock.sleep(leftMs, signal);
      return { verdict: "yes", reason: "runs for 1 s" };
    },
    firstPauseMs: provenMs,
    lastPauseMs: provenMs,
  };
}

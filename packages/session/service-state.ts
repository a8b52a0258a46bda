import type { InstanceState } from "@drydock/core";
import type { ServiceStatus } from "./supervisor.ts";

/** One state for a service of several instances, and why. */
export interface ServiceSummaryState {
  readonly state: InstanceState;
  readonly reason: string;
}

// What a person must hear of first.
const worstFirst: readonly InstanceState[] = [
  "failed",
  "unhealthy",
  "restarting",
  "waiting",
  "starting",
  "stopped",
  "ready",
  "done",
];

/** The worst state of a service's instances; `stopped` where there is none. */
export function serviceState(service: Pick<ServiceStatus, "instances">): ServiceSummaryState {
  const ranked = [...service.instances].sort((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  const [worst] = ranked;
  return worst ? { state: worst.state, reason: worst.reason } : { state: "stopped", reason: "not created" };
}

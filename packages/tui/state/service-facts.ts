import type { Instance, InstanceState, InstanceUsage, ServiceSummary } from "@drydock/core";

/** What the screen says of one service: its instances taken together. */
export interface ServiceFacts {
  readonly name: string;
  readonly replicas: number;
  readonly isOneShot: boolean;
  readonly state: InstanceState;
  /** Why it is so, in words; the state's name where nothing more is known. */
  readonly reason: string;
  /** Where people reach it, else where it answers at all. */
  readonly port: number | undefined;
  /** Of all instances, of those that were measured. */
  readonly usage: { readonly cpu: number; readonly memoryBytes: number } | undefined;
  readonly restarts: number;
  readonly instances: readonly Instance[];
  /** How long its last run took, where that was seen. */
  readonly doneInMs: number | undefined;
}

// The state that needs a person's eye most decides for all instances.
const gravity: readonly InstanceState[] = [
  "failed",
  "restarting",
  "unhealthy",
  "starting",
  "waiting",
  "stopped",
  "ready",
  "done",
];

/** Puts together what is known of a service. A service without any instance is stopped. */
export function serviceFacts(
  summary: ServiceSummary,
  instances: readonly Instance[],
  usage: readonly InstanceUsage[],
  doneInMs?: number,
): ServiceFacts {
  const sorted = [...instances].sort((a, b) => a.number - b.number);
  const state = gravity.find((each) => sorted.some((instance) => instance.state === each)) ?? "stopped";
  return {
    name: summary.name,
    replicas: Math.max(summary.replicas, sorted.length),
    isOneShot: summary.isOneShot,
    state,
    reason: reasonOf(state, sorted),
    port: portOf(sorted),
    usage: isRunning(sorted) ? sumOf(usage) : undefined,
    restarts: sorted.reduce((sum, each) => sum + each.restarts, 0),
    instances: sorted,
    doneInMs: state === "done" ? doneInMs : undefined,
  };
}

const atRest: readonly InstanceState[] = ["stopped", "done", "failed", "waiting"];

/** Whether something of it runs, so that it can be stopped. */
export const isRunning = (instances: readonly Instance[]): boolean =>
  instances.some((each) => !atRest.includes(each.state));

function reasonOf(state: InstanceState, instances: readonly Instance[]): string {
  if (state === "ready" || state === "done") return state;
  const concerned = instances.filter((each) => each.state === state);
  const reason = concerned[0]?.reason || state;
  return instances.length > 1 && concerned.length < instances.length
    ? `${concerned.length} of ${instances.length}: ${reason}`
    : reason;
}

function portOf(instances: readonly Instance[]): number | undefined {
  const addresses = instances.flatMap((each) => each.addresses);
  return (addresses.find((each) => each.isPublished) ?? addresses[0])?.port;
}

function sumOf(usage: readonly InstanceUsage[]): ServiceFacts["usage"] {
  if (usage.length === 0) return undefined;
  return {
    cpu: usage.reduce((sum, each) => sum + each.cpu, 0),
    memoryBytes: usage.reduce((sum, each) => sum + each.memoryBytes, 0),
  };
}

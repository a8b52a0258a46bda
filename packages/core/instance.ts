/**
 * The state of one instance.
 * `ready` and `done` were observed (a probe answered, an exit code was read), never assumed.
 */
export type InstanceState =
  | "stopped"
  | "waiting"
  | "starting"
  | "ready"
  | "unhealthy"
  | "done"
  | "failed"
  | "restarting";

/** One running or stopped copy of a service: a container, or a process group. */
export interface Instance {
  readonly service: string;
  /** From 1. */
  readonly number: number;
  /** Container id, or the process group's id. */
  readonly id: string;
  readonly state: InstanceState;
  /** Why it is in this state, in words: `exit 1`, `waits for mongo`, `health check: connection refused`. */
  readonly reason: string;
  readonly exitCode?: number;
  readonly addresses: readonly Address[];
  /** `image mongo:8`, `mongod on PATH`, `embedded MongoDB`. */
  readonly provider: string;
  readonly restarts: number;
  /** What was saved last did not become ready: this is the process before it. */
  readonly isOutdated?: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  /** `serviceFingerprint()` of the definition that it was made from; undefined when somebody else made it. */
  readonly fingerprint?: string;
}

/** Where a container port answers on this machine. */
export interface Address {
  /** The container's port. */
  readonly target: number;
  readonly host: string;
  readonly port: number;
  /** Reached by people: the Compose file publishes it, or the local engine serves it on loopback. */
  readonly isPublished: boolean;
}

/** What exists of a project now, asked of the engine. */
export interface Observed {
  readonly instances: readonly Instance[];
  /** Engine names of the project's networks and volumes that exist. */
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

export const nothingObserved: Observed = { instances: [], networks: [], volumes: [] };

/** The instances of one service, by number. */
export function instancesOf(observed: Observed, service: string): readonly Instance[] {
  return observed.instances.filter((each) => each.service === service).sort((a, b) => a.number - b.number);
}

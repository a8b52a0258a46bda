/** A container as the engine describes it, in our words. All of it was read, nothing concluded. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The image as it was asked for: `mongo:8`. */
  readonly image: string;
  readonly imageId: string;
  readonly status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** The engine's number for its first process; 0 while it does not run. */
  readonly processId: number;
  readonly exitCode: number;
  readonly isOutOfMemory: boolean;
  /** The engine's own complaint about the last start; empty: none. */
  readonly error: string;
  /** As the engine wrote it, with nanoseconds: tells one run of a container from the next. Empty: never started. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly restartCount: number;
  readonly health?: ContainerHealth;
  readonly healthCheck?: ContainerHealthCheck;
  /** Container ports that the image or the Compose file exposes. */
  readonly exposed: readonly ContainerPort[];
  readonly published: readonly BoundPort[];
  /** What the next start will ask for. */
  readonly wantedPorts: readonly BoundPort[];
  readonly networks: readonly ContainerNetwork[];
  readonly networkMode: string;
  readonly restartPolicy: string;
  readonly hasTerminal: boolean;
}

export interface ContainerHealth {
  readonly status: "starting" | "healthy" | "unhealthy";
  readonly failingStreak: number;
  /** Oldest first; the engine keeps five. */
  readonly log: readonly { readonly endedAt: number; readonly exitCode: number; readonly output: string }[];
}

/** A health check with the engine's defaults filled in. */
export interface ContainerHealthCheck {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly retries: number;
  /** How often the engine itself asks while the container starts; undefined: at the check's whole interval. */
  readonly startIntervalMs?: number;
}

export interface ContainerPort {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

export interface BoundPort {
  readonly target: number;
  readonly protocol: "tcp" | "udp";
  /** Empty: every address. */
  readonly hostIp: string;
  /** 0: any free one. */
  readonly port: number;
}

export interface ContainerNetwork {
  readonly name: string;
  /** Empty while it does not run. */
  readonly ip: string;
  readonly gateway: string;
}

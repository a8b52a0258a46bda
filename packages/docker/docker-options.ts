import type { Clock, HostPort } from "@drydock/core";
import type { FoundDocker } from "./docker-host.ts";
import type { DockerState } from "./docker-state.ts";
import type { LogCursors } from "./log-cursors.ts";

/** What the docker engine is made of. */
export interface DockerOptions {
  readonly host: FoundDocker;
  readonly state: DockerState;
  readonly clock: Clock;
  /** Where generated Compose override files lie: a folder of the project's state, absolute; made when it is needed. */
  readonly folder: string;
  /**
   * The environment variables of whoever asked last: Compose interpolates the files with them, and needs PATH and HOME. Asked
   * for at each step, so that a supervisor serves callers with different variables.
   */
  readonly variables: () => Readonly<Record<string, string>>;
  /** Where log following goes on after a restart; without it each engine begins anew. */
  readonly logCursors?: LogCursors;
  /**
   * What a mongod says of itself; `databases` implements it with the driver. With it, a health check that asks for nothing else is not run in the container,
   * where it starts a shell that needs a second of a core. Never rejects for a server that is away.
   */
  readonly memberState?: (address: HostPort, signal: AbortSignal) => Promise<"primary" | "member" | "other">;
}

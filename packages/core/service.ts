import { fingerprint } from "./fingerprint.ts";
import type { WatchRule } from "./watch-rule.ts";

/** One service of the Compose Specification, resolved: short forms expanded, variables filled in, durations in milliseconds. */
export interface Service {
  readonly name: string;
  readonly image?: string;
  readonly build?: Build;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly dependencies: readonly Dependency[];
  readonly ports: readonly PublishedPort[];
  /** Container ports that `expose` names, without protocol. */
  readonly expose: readonly number[];
  readonly healthCheck?: HealthCheck;
  readonly mounts: readonly Mount[];
  readonly replicas: number;
  readonly restart: RestartPolicy;
  readonly stopSignal: string;
  /** Compose's default is 10 s (Compose Specification, stop_grace_period). */
  readonly stopGracePeriodMs: number;
  readonly profiles: readonly string[];
  /** `develop.watch`; empty where the file is silent. */
  readonly watch: readonly WatchRule[];
  /** `x-dev` of the service. */
  readonly dev: ServiceExtension;
  /** The whole resolved definition as `docker compose config --format json` prints it: what a fingerprint is made of. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** `build` of a service; paths absolute. */
export interface Build {
  readonly context: string;
  /** Absolute, or relative to the context. */
  readonly dockerfile: string;
  readonly target?: string;
}

/** When a dependency counts as met (Compose Specification, depends_on long syntax). */
export type DependencyCondition = "service_started" | "service_healthy" | "service_completed_successfully";

export interface Dependency {
  readonly service: string;
  readonly condition: DependencyCondition;
  /** False: a missing or failed dependency is only a notice. */
  readonly isRequired: boolean;
  /** True: this service restarts when the dependency does. */
  readonly restart: boolean;
}

export interface PublishedPort {
  readonly target: number;
  /** The port on the host, or a range `8000-8010`; undefined: any free one. */
  readonly published?: string;
  readonly hostIp?: string;
  readonly protocol: "tcp" | "udp";
}

export interface HealthCheck {
  /** As Docker takes it: ["CMD", ...argv] or ["CMD-SHELL", script]. */
  readonly test: readonly [kind: "CMD" | "CMD-SHELL", ...words: string[]];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly startPeriodMs: number;
  readonly retries: number;
}

export interface Mount {
  readonly kind: "bind" | "volume" | "tmpfs";
  /** Absolute host path of a bind, or the key of a named volume; undefined: anonymous. */
  readonly source?: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

export interface RestartPolicy {
  readonly kind: "no" | "always" | "on-failure" | "unless-stopped";
  readonly maxRetries?: number;
}

/** Keys under `x-dev` of a service, for what Compose has no key for. */
export interface ServiceExtension {
  /** The command of the local engine, a shell line; wins over `command`. */
  readonly run?: string;
  /** Never move the published ports of this service to free ones. */
  readonly pin: boolean;
  /** The program that the local engine takes for a database or proxy image: a path, or `embedded`. */
  readonly provider?: string;
  /** On the local engine, a process that is replaced because of an edit goes on until the next one is ready, where nobody else knows its port; not where this is false. */
  readonly overlap?: boolean;
}

/** A hash of all that decides how a service runs: one that changed is replaced by the next `up`. */
export function serviceFingerprint({ definition, dev }: Service): string {
  return fingerprint({ definition, dev });
}

/** True for a service that others wait on to complete: it is done at exit 0, and a running state is not its goal. */
export function isOneShot(name: string, services: readonly Service[]): boolean {
  return services.some((other) =>
    other.dependencies.some((edge) => edge.service === name && edge.condition === "service_completed_successfully"),
  );
}

/** `api` where there is one, `api.2` where there are several: what screens and logs call an instance. */
export function instanceLabel(service: string, number: number, replicas: number): string {
  return replicas > 1 ? `${service}.${number}` : service;
}

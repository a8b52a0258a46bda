import type { EngineDescription } from "./engine-description.ts";
import type { Environment } from "./environment.ts";
import type { Emit, InstanceUsage } from "./event.ts";
import type { Observed } from "./instance.ts";
import type { PrepareStep, Step } from "./step.ts";

/** What a step needs besides itself. */
export interface ApplyContext {
  readonly environment: Environment;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** A command to run inside an instance. */
export interface ExecRequest {
  readonly service: string;
  readonly number: number;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How a client process runs that command itself, with its own terminal: `docker exec -it ID sh`, or the program in its folder and environment. */
export interface ExecCommand {
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A file of this machine and its place in a container. */
export interface SyncedFile {
  /** Absolute, on this machine. */
  readonly path: string;
  /** Absolute, in the container. */
  readonly target: string;
  /** It is not there any more, and shall not be in the container either. */
  readonly isRemoved: boolean;
}

/** Why an instance is as it is: what `w` shows. */
export interface Explanation {
  /** Sentences, most important first. */
  readonly facts: readonly string[];
  readonly healthCheck?: HealthReport;
  /** The end of its log, oldest first. */
  readonly lastLines: readonly string[];
}

export interface HealthReport {
  /** The command, or `tcp 127.0.0.1:3000`. */
  readonly probe: string;
  readonly at: number;
  readonly isHealthy: boolean;
  readonly output: string;
}

/**
 * Runs services. The one port between what is wanted and what a machine can do; `docker` and `local` implement it.
 * Everything that waits ends when its signal is aborted. Errors for people are `DevError`s.
 */
export interface Engine {
  readonly description: EngineDescription;
  /** What exists of the project now. Reads only. */
  observe(environment: Environment, signal: AbortSignal): Promise<Observed>;
  /** For a plan that is only shown: changes nothing. @throws DevError that `apply` of the step would throw, as far as can be said by looking */
  check(step: PrepareStep, environment: Environment): Promise<void>;
  /** Carries out one step. @throws DevError when it cannot */
  apply(step: Step, context: ApplyContext): Promise<void>;
  /**
   * Whether a second process can run beside each running instance of a service, and take its place when it is ready ("replace"): nobody but proxies,
   * which follow, knows its address, and it listens where it is told. Where it does not, "replace" fails with CANNOT_OVERLAP, and this says so from then on.
   */
  canReplace(service: string, environment: Environment): Promise<boolean>;
  /**
   * Emits what happens to instances outside steps, and their log lines, until the signal is aborted.
   * Resolves when it has begun to listen; never rejects because of what services do.
   */
  watch(environment: Environment, emit: Emit, signal: AbortSignal): Promise<void>;
  /** What running instances use now. Empty for those that cannot be read. */
  usage(environment: Environment, signal: AbortSignal): Promise<readonly InstanceUsage[]>;
  /** How to run a command inside an instance. @throws DevError NOT_RUNNING */
  exec(request: ExecRequest, environment: Environment, signal: AbortSignal): Promise<ExecCommand>;
  /**
   * Brings files into the running instances of a service, and takes away what was removed, in one go. Files that the service sees where they are
   * need nothing. @throws DevError SYNC_FAILED
   */
  sync(service: string, files: readonly SyncedFile[], context: ApplyContext): Promise<void>;
  /**
   * The files that an instance's processes were started from, as paths where they run (`/usr/local/bin/node`), without what others run in a container; undefined
   * where that cannot be seen.
   */
  executables(
    service: string,
    number: number,
    environment: Environment,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined>;
  explain(service: string, number: number, environment: Environment, signal: AbortSignal): Promise<Explanation>;
  /** The addresses by which instances reach this machine, where that is not loopback. */
  hostAddresses(signal: AbortSignal): Promise<readonly string[]>;
  /**
   * What is of this project and in nobody's plan: processes, containers, networks, sockets that a crash left.
   * `down` removes them and lists them.
   */
  findLeftovers(environment: Environment, signal: AbortSignal): Promise<readonly Leftover[]>;
  removeLeftover(leftover: Leftover, signal: AbortSignal): Promise<void>;
  /** Lets go of connections. What runs keeps running, where the engine can (docker); local processes end. */
  close(): Promise<void>;
}

export interface Leftover {
  readonly kind: "process" | "container" | "network" | "volume" | "file";
  readonly id: string;
  /** What it is, for a person: `process 4711: node worker.js`. */
  readonly label: string;
}

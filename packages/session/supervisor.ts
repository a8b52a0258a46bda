import type { DevEvent, EngineDescription, ExecCommand, Explanation, Instance, LogEvent, Plan } from "@drydock/core";
import type { SeedOutcome } from "@drydock/databases";
import type { BackupState } from "./data/backup/backup-state.ts";
import type { BackupAct, BackupActs } from "./data/backup/request.ts";
import type { DataOverview } from "./data/data-overview.ts";
import type { SnapshotAct, SnapshotActs } from "./data/snapshot/request.ts";
import type { DebugTarget, DebugWish } from "./debug/request.ts";
import type { EdgeOverview } from "./front/edge-overview.ts";

/**
 * What a client can ask of the project's supervisor. The supervisor implements it in its process; clients
 * (commands, the terminal UI) hold a proxy over its socket. Everything that waits ends when its signal is aborted;
 * errors are `DevError`s on both sides.
 */
export interface Supervisor {
  /** Brings the stack, or these services and what they need, to what the files say. Follows with events until it is ready. */
  up(request: UpRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<UpResult>;
  /** Stops everything, verifies that nothing is left, and then ends the supervisor itself. */
  down(request: DownRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<DownResult>;
  /** Stops and starts services, without what they need. */
  restart(request: ServicesRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<void>;
  stop(request: ServicesRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<void>;
  start(request: ServicesRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<void>;
  /** Reads the files and looks at what runs, without changing it: for a supervisor that has just been started beside a running stack. */
  attach(source: StackSource, signal: AbortSignal): Promise<Status>;
  status(signal: AbortSignal): Promise<Status>;
  /**
   * The live stream: first the session event and one instance event for each instance, as they are now, then the last
   * `replayLines` log lines, then all that happens, until the signal is aborted.
   */
  follow(request: FollowRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<void>;
  /** Stored log lines, oldest first. */
  readLogs(query: LogQuery, signal: AbortSignal): Promise<readonly LogEvent[]>;
  explain(service: string, number: number, signal: AbortSignal): Promise<Explanation>;
  /** Gets the front a new certificate and serves it; undefined when the stack has no front now. `passphrase`: of the authority's key, where it has one. */
  renewCertificate(signal: AbortSignal, passphrase?: string): Promise<CertificateRenewal | undefined>;
  /** Lets a service's Node program listen for a debugger, or no more: then undefined. */
  debug(request: DebugRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<DebugTarget | undefined>;
  /** How this client runs a command inside an instance with its own terminal. */
  exec(request: ExecQuery, signal: AbortSignal): Promise<ExecCommand>;
  /** The text of a dataset's file that makes data like that of a database. */
  inferDataset(request: InferRequest, signal: AbortSignal): Promise<string>;
  /** Makes the documents of a dataset and writes them to the stack's databases, or to those that are named. */
  seed(request: SeedRequest, emit: (event: DevEvent) => void, signal: AbortSignal): Promise<SeedOutcome>;
  /** What there is of data now: databases with their sizes, datasets, snapshots, branches. */
  data(source: StackSource, signal: AbortSignal): Promise<DataOverview>;
  /** Where the stack is reached: the front's routes and the certificates. */
  edge(source: StackSource, signal: AbortSignal): Promise<EdgeOverview>;
  /** Saves, restores and compares snapshots of the data, and switches its branches. */
  snapshot<A extends SnapshotAct>(call: SnapshotCall<A>, signal: AbortSignal): Promise<SnapshotActs[A]["result"]>;
  /** Makes, verifies, restores and prunes backups of the data. */
  backup<A extends BackupAct>(
    call: BackupCall<A>,
    emit: (event: DevEvent) => void,
    signal: AbortSignal,
  ): Promise<BackupActs[A]["result"]>;
}

/** Flags of `up`; names and meanings are `docker compose up`'s. */
export interface UpRequest {
  /** Empty: every service whose profile is active. */
  readonly services: readonly string[];
  readonly source: StackSource;
  readonly build: boolean;
  readonly noDeps: boolean;
  readonly forceRecreate: boolean;
  readonly removeOrphans: boolean;
  readonly dryRun: boolean;
  /** Let services follow what is saved, from now on. */
  readonly watch: boolean;
  /** Undefined: no limit besides the services' own. */
  readonly timeoutMs?: number;
}

/** Where the stack is described. All that decides what the files mean, so that the supervisor reads them as the caller would. */
export interface StackSource {
  /** The caller's working directory. */
  readonly directory: string;
  /** `-f`; empty: the default names, searched upwards from the directory. */
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  readonly projectName?: string;
  /** `--engine`; undefined: docker when one answers, else local. */
  readonly engine?: "docker" | "local";
  /** The caller's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface UpResult {
  readonly plan: Plan;
  readonly changed: boolean;
  readonly durationMs: number;
  readonly status: Status;
  /** What was seeded, where databases were empty. */
  readonly seeded?: SeedOutcome & { readonly durationMs: number };
}

export interface DownRequest {
  readonly source: StackSource;
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  readonly dryRun: boolean;
}

export interface DownResult {
  readonly plan: Plan;
  /** Labels of what a crash had left and was cleaned up. */
  readonly cleaned: readonly string[];
  readonly durationMs: number;
}

/** Flags of `seed`. */
export interface SeedRequest {
  readonly source: StackSource;
  /** Undefined: the default one. */
  readonly dataset?: string;
  /** Other counts than the dataset's, by collection or entry of Redis. */
  readonly counts: Readonly<Record<string, number>>;
  readonly seed?: number;
  /** The dataset's present, in milliseconds since the epoch; undefined: the beginning of the day (UTC). */
  readonly now?: number;
  /** Collections or entries; empty: all. */
  readonly only: readonly string[];
  /** Remove what is there. */
  readonly reset: boolean;
  readonly dryRun: boolean;
  /** Addresses of servers, instead of the stack's. */
  readonly to: readonly string[];
  /** Hosts that are neither this machine nor of this project, and may be written to. */
  readonly allowRemote: readonly string[];
  /** False: make it, also where a snapshot of the same seeding has it. */
  readonly useCache: boolean;
}

/** Flags of `seed infer`. */
export interface InferRequest {
  readonly source: StackSource;
  /** Undefined: the stack's first MongoDB. */
  readonly from?: string;
  readonly sample: number;
  readonly isMasked: boolean;
  readonly name: string;
}

export interface ServicesRequest {
  readonly services: readonly string[];
}

export interface FollowRequest {
  readonly logs: boolean;
  /** Empty: all. */
  readonly services: readonly string[];
  /** The last so many stored lines of each service come first; 0: none. */
  readonly replayLines: number;
  /** Only stored lines since then, in milliseconds since the epoch. */
  readonly since?: number;
  /** Also sample and send what instances use, about every two seconds, while this reader listens. */
  readonly usage: boolean;
  /** Also tell of the requests that the front and the stack's own proxies answer, the last ones first. */
  readonly requests?: boolean;
}

export interface LogQuery {
  readonly services: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since?: number;
  readonly until?: number;
  /** The last so many lines of each service. */
  readonly tail?: number;
  /** A regular expression (JavaScript) that a line must match. */
  readonly grep?: string;
}

export interface CertificateRenewal {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly validUntil: number;
  /** The front was seen to serve it. */
  readonly isServed: boolean;
}

export interface DebugRequest extends DebugWish {
  readonly source: StackSource;
}

export interface ExecQuery {
  readonly service: string;
  readonly number?: number;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** `dev status`: one document. */
export interface Status {
  readonly project: string;
  readonly directory: string;
  readonly branch?: string;
  readonly engine: EngineDescription;
  /** The supervisor's process; undefined when none runs and the engine was asked directly. */
  readonly supervisorPid?: number;
  /** Where the last supervisor was killed or failed: what its log says of it, if anything. */
  readonly lastWords?: readonly string[];
  /** Where a person begins: the published web address of the stack. */
  readonly url?: string;
  /** Whether this machine was let trust the authority behind `url`; undefined where that is not the front's. */
  readonly isTrusted?: boolean;
  readonly services: readonly ServiceStatus[];
  /** What became of the last backup that was made by itself; undefined where none is to be. */
  readonly backup?: BackupState;
}

export interface ServiceStatus {
  readonly name: string;
  readonly wantedReplicas: number;
  readonly instances: readonly Instance[];
  /** Where people reach it, best first: `https://shop.localhost:8443`. */
  readonly urls: readonly string[];
}

/** One act on backups as it crosses the supervisor's socket. */
export interface BackupCall<A extends BackupAct> {
  readonly source: StackSource;
  readonly act: A;
  readonly request: BackupActs[A]["request"];
}

/** One act as it crosses the supervisor's socket. */
export interface SnapshotCall<A extends SnapshotAct> {
  readonly source: StackSource;
  readonly act: A;
  readonly request: SnapshotActs[A]["request"];
}

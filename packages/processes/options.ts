import type { Clock, HostPort, NginxRendering, NginxRequest } from "@drydock/core";

/** What the local engine is made from. Plain data and ports, so that a test or another program can give its own. */
export interface LocalEngineOptions {
  /** Absolute: `<project>/.dev`. The engine owns `volumes/`, `run/`, `ports.json` and `prepared.json` in it. */
  readonly stateDirectory: string;
  /** Marks every child (`DRYDOCK_SESSION`), so that what a crash leaves is found and nothing else is touched. */
  readonly sessionId: string;
  /** The caller's environment variables: where programs are looked for, and what children get besides Compose's. */
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Why this engine was taken, for `description.because`. */
  readonly because: string;
  readonly databases: DatabasePort;
  readonly renderNginx: RenderNginx;
  /** Servers of ours for machines that have no program for a database image; the last that are tried. */
  readonly embedded?: readonly EmbeddedServer[];
}

/** What a probe found: ready, or why not, in words. */
export interface ProbeAnswer {
  readonly isReady: boolean;
  readonly detail: string;
}

/** The same of a mongod; one that is reachable and not ready may need to be initiated. */
export interface MongoAnswer extends ProbeAnswer {
  readonly isReachable: boolean;
}

/** What the engine asks of database servers; `databases` implements it with their drivers. */
export interface DatabasePort {
  /** Whether a mongod answers `ping`, or, for a member of a replica set, is the writable primary. Never rejects for an unreachable server. */
  probeMongo(address: HostPort, expects: { readonly isPrimary: boolean }, signal: AbortSignal): Promise<MongoAnswer>;
  /** Makes the server the one member of the replica set, under this address; corrects the address of one that exists. */
  initiateReplicaSet(address: HostPort, name: string, signal: AbortSignal): Promise<void>;
  /** Whether a Redis server answers PING and has loaded its data; one that asks for a password answers. Never rejects for an unreachable server. */
  probeRedis(address: HostPort, signal: AbortSignal): Promise<ProbeAnswer>;
}

/** Rewrites a production configuration for this machine; the package `nginx` implements it. */
export type RenderNginx = (request: NginxRequest) => NginxRendering;

/** A server that is part of this toolkit and runs as a child process like any other program. */
export interface EmbeddedServer {
  readonly kind: "mongo" | "redis" | "nginx";
  /** `embedded MongoDB`: what is shown. */
  readonly name: string;
  /** The command that serves on this address with its data in this folder. */
  command(request: EmbeddedRequest): readonly string[];
}

export interface EmbeddedRequest {
  readonly address: HostPort;
  readonly dataDirectory: string;
  /** The arguments of the service's `command`, without the program. */
  readonly arguments: readonly string[];
  /** For `mongo`: be the primary of this replica set from the start. */
  readonly replicaSet?: string;
  /** The rendered configuration, for `nginx`. */
  readonly configurationFile?: string;
}

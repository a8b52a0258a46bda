import type { Environment, HostPort } from "@drydock/core";
import type { Blueprint } from "../blueprint.ts";
import type { EmbeddedServer } from "../options.ts";
import type { Probe } from "../probes/probe.ts";

/** A program, or a server of ours, that stands in for an image. */
export interface ChosenServer {
  /** `mongod on PATH`, `embedded MongoDB`: what is shown. */
  readonly name: string;
  /** Why this one: a sentence. */
  readonly because: string;
  readonly program: { readonly kind: "binary"; readonly path: string } | EmbeddedServer;
}

/** What a server is started from. */
export interface ServerRequest {
  readonly blueprint: Blueprint;
  readonly environment: Environment;
  readonly chosen: ChosenServer;
  /** Container port to address. */
  readonly own: ReadonlyMap<number, HostPort>;
  /** Absolute; of this instance alone, exists. For what may be thrown away. */
  readonly runDirectory: string;
  /** Absolute; where named and anonymous volumes of this instance lie. */
  readonly dataDirectory: (target: string) => string;
  /** Whether it is this instance that listens on a port now. */
  readonly isOwnPort: (port: number) => Promise<boolean>;
}

/** How a server is started and asked. */
export interface ServerLaunch {
  readonly words: readonly string[];
  /** Undefined: the service's own check, or a connection to its port. */
  readonly probe?: Probe;
  /** What the person should know: flags and features that were left out. */
  readonly notices: readonly string[];
}

import type { EngineKind } from "@drydock/core";

/** Flags of `debug`. */
export interface DebugWish {
  readonly service: string;
  /** Of this machine; undefined: the first that is free from 9229 on. */
  readonly port?: number;
  /** The program waits for a debugger before its first line. */
  readonly waits: boolean;
  /** It shall listen no more. */
  readonly isOff: boolean;
}

/** A service that listens for a debugger. */
export interface DebugTarget {
  readonly service: string;
  readonly engine: EngineKind;
  readonly waits: boolean;
  /** One a replica. */
  readonly inspectors: readonly {
    readonly port: number;
    readonly title: string;
    readonly url: string;
    readonly devtoolsUrl: string;
  }[];
  /** Which folder of this machine is which one of the container. */
  readonly mapping?: { readonly local: string; readonly remote: string };
}

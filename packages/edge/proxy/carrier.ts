import type { Readable } from "node:stream";

/** Where requests are carried to, and how. */
export interface CarrierTarget {
  /** The upstream: each keeps idle connections of its own. */
  readonly upstream: string;
  readonly scheme: "http" | "https";
  /** A name, an address, or `unix:/path`. */
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  /** How many idle connections are kept; 0 for none. */
  readonly keepalive: number;
  readonly keepaliveTimeoutMs: number;
  readonly tls: CarrierTls | undefined;
}

export interface CarrierTls {
  readonly verifies: boolean;
  /** For SNI and for the comparison with the certificate; undefined sends none. */
  readonly name: string | undefined;
  /** Absolute paths of PEM files. */
  readonly trusted: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

export interface CarriedRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer | Readable | undefined;
  /** Whether the connection may be used again afterwards. */
  readonly isKept: boolean;
}

/** Why a request was not answered: the cases of `proxy_next_upstream`. */
export type FailureKind = "error" | "timeout" | "invalid_header";

/** How whoever asked steers an answer that is coming in. */
export interface CarriedControl {
  pause(): void;
  resume(): void;
  /** Ends it; `fail` is called with this reason where the answer is not whole. */
  abort(kind: FailureKind | "client"): void;
}

/** What is told of an answer, in this order; `fail` ends it at any time. */
export interface CarriedAnswer {
  /** The request is being written to a connection; `isReused`: one that was kept from an earlier request. */
  started(control: CarriedControl, isReused: boolean): void;
  head(status: number, headers: readonly string[]): void;
  data(chunk: Buffer): void;
  end(): void;
  fail(kind: FailureKind | "client", words: string): void;
}

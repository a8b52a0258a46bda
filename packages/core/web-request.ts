/** One request that a proxy answered, as its access log tells it. */
export interface WebRequest {
  /** Milliseconds since the epoch, when it came. */
  readonly at: number;
  /** The service that answered as a proxy; not there: the front before all of them. */
  readonly proxy?: string;
  readonly method: string;
  /** As the client named it, with its port; empty where the log does not tell. */
  readonly host: string;
  /** As the client wrote it, with its arguments. */
  readonly uri: string;
  readonly protocol?: string;
  /** 499: the client went away before the answer (nginx). */
  readonly status: number;
  readonly durationMs: number;
  /** Of the answer's body. */
  readonly bytes: number;
  /** The same in every log that the request leads through; empty where the log does not tell. */
  readonly requestId: string;
  /** Headers that the log tells of, by their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The servers that were asked, in order; none: the proxy answered itself. */
  readonly attempts: readonly RequestAttempt[];
}

/** One server that a proxy asked. */
export interface RequestAttempt {
  /** `127.0.0.1:3001`; the name of an upstream none of whose servers could be asked. */
  readonly address: string;
  /** Not there: it gave no answer. */
  readonly status?: number;
  readonly durationMs?: number;
  /** Whose address that is, where it is one of the stack's. */
  readonly service?: string;
  readonly number?: number;
}

/** One answered request, for whoever shows or counts them. */
export interface EdgeRequest {
  /** Milliseconds since 1970, when it came. */
  readonly at: number;
  readonly method: string;
  readonly host: string;
  /** As the client wrote it, with its arguments. */
  readonly uri: string;
  /** 499 when the client went away before the answer. */
  readonly status: number;
  readonly durationMs: number;
  readonly requestId: string;
  /** The location that answered, as it is written. */
  readonly location: string;
  /** `127.0.0.1:3001`; several joined by a comma when it was retried; undefined when nothing was passed on. */
  readonly upstreamAddress: string | undefined;
  readonly upstreamStatus: string | undefined;
}

/** One try at one upstream server. */
export interface Attempt {
  readonly address: string;
  /** Of its `proxy_pass`: an internal redirect to another one begins anew. */
  readonly isFirst: boolean;
  status: number | undefined;
  readonly startedAt: number;
  connectedAt: number | undefined;
  headAt: number | undefined;
  endedAt: number | undefined;
  bytesSent: number;
  bytesReceived: number;
  headers: readonly string[];
}

/** A try that begins now. */
export function beginAttempt(address: string, isFirst: boolean): Attempt {
  return {
    address,
    isFirst,
    status: undefined,
    startedAt: performance.now(),
    connectedAt: undefined,
    headAt: undefined,
    endedAt: undefined,
    bytesSent: 0,
    bytesReceived: 0,
    headers: [],
  };
}

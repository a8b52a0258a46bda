/** What is shown of the requests, and where. */
export interface RequestViewState {
  /** Text that a request must contain: method, path, status, service or host; empty: any. */
  readonly filter: string;
  /** The order of the request under the cursor; undefined: the newest, whichever that is. */
  readonly cursor: number | undefined;
  /** The order of the first request on the screen; undefined: the newest is there. */
  readonly top: number | undefined;
}

/** Every request, the newest under the cursor. */
export const newestRequests: RequestViewState = { filter: "", cursor: undefined, top: undefined };

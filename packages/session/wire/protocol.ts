import type { DevEvent, SerializedError } from "@drydock/core";

// HTTP over the supervisor's socket: POST /<method> with a JSON body, answered by lines of JSON (`Frame`), the last of which
// is a result or an error. A client that goes away cancels its request. `curl --unix-socket .dev/supervisor.sock` works.

/** Raised when a method or a shape changes so that an older client would misunderstand it. */
export const protocolVersion = 1;

export const protocolHeader = "x-drydock-protocol";
export const versionHeader = "x-drydock-version";

/** One line of an answer. */
export type Frame = { readonly event: DevEvent } | { readonly result: unknown } | { readonly error: SerializedError };

/** Who answers at a socket. `GET /identity` and `POST /shutdown` keep their shape in every version. */
export interface Identity {
  readonly pid: number;
  readonly version: string;
  readonly protocol: number;
}

import type { SerializedError } from "@drydock/core";
import type { CheckedForwarding, PlannedForward } from "@drydock/devcontainer";

/** What a forwarder is started with, over the channel of its start. Its environment names the Docker engine. */
export interface ForwarderRequest {
  readonly containerId: string;
  readonly forwards: readonly PlannedForward[];
}

/** How it began. */
export type ForwarderBeginning = { readonly isListening: true } | { readonly error: SerializedError };

/** What it answers at `GET /` of its socket; `POST /end` ends it. */
export interface ForwarderState extends ForwarderRequest {
  readonly pid: number;
  /** The same forwards, with where they are on this machine. */
  readonly forwardings: readonly CheckedForwarding[];
}

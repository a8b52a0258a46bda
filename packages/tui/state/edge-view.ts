import type { SerializedError } from "@drydock/core";
import type { EdgeOverview } from "@drydock/session";

/** What is known of the front: its routes and certificates. */
export interface EdgeViewState {
  readonly overview: EdgeOverview | undefined;
  readonly error: SerializedError | undefined;
}

/** Before anything was read. */
export const unreadEdge: EdgeViewState = { overview: undefined, error: undefined };

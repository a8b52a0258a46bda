import type { DevEvent, SerializedError } from "@drydock/core";
import type { DashboardState, Explained, Size } from "./dashboard-state.ts";

/** What can change the screen's state. Log lines go into the log store directly. */
export type Happening =
  | { readonly kind: "event"; readonly event: DevEvent }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "resize"; readonly size: Size }
  | { readonly kind: "urls"; readonly main: string | undefined; readonly urls: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: "explained"; readonly service: string; readonly explained: Explained }
  /** An action ended. */
  | { readonly kind: "acted"; readonly service: string; readonly text: string; readonly isError: boolean }
  | { readonly kind: "older"; readonly added: number }
  | { readonly kind: "lost"; readonly error: SerializedError };

/** What the state asks of the world. */
export type Effect =
  | { readonly kind: "restart" | "stop" | "start"; readonly service: string }
  | { readonly kind: "open"; readonly service: string; readonly url: string }
  | { readonly kind: "shell"; readonly service: string; readonly number: number }
  | { readonly kind: "explain"; readonly service: string; readonly number: number }
  | { readonly kind: "read-older"; readonly services: readonly string[] }
  | { readonly kind: "read-urls" }
  | { readonly kind: "plain" }
  | { readonly kind: "leave"; readonly reason: "detach" | "stop" | "kill" | "supervisor-ended" };

/** The state after something happened, and what has to be done for it. */
export interface Reduced {
  readonly state: DashboardState;
  readonly effects: readonly Effect[];
}

/** A new state that asks for nothing, or for these effects. */
export const reduced = (state: DashboardState, ...effects: readonly Effect[]): Reduced => ({ state, effects });

import type { DevEvent, SerializedError } from "@drydock/core";
import type { DataOverview, EdgeOverview } from "@drydock/session";
import type { DashboardState, Explained, Size } from "./dashboard-state.ts";
import type { BackupList } from "./data-view.ts";
import type { Effect } from "./effect.ts";

/** What can change the screen's state. Log lines go into the log store directly. */
export type Happening =
  | { readonly kind: "event"; readonly event: DevEvent }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "resize"; readonly size: Size }
  | {
      readonly kind: "urls";
      readonly main: string | undefined;
      readonly isTrusted: boolean | undefined;
      readonly urls: ReadonlyMap<string, readonly string[]>;
    }
  | { readonly kind: "explained"; readonly service: string; readonly explained: Explained }
  /** An action ended. */
  | { readonly kind: "acted"; readonly service: string; readonly text: string; readonly isError: boolean }
  | { readonly kind: "older"; readonly added: number }
  | { readonly kind: "data"; readonly overview: DataOverview | undefined; readonly error: SerializedError | undefined }
  | { readonly kind: "backups"; readonly list: BackupList | undefined; readonly error: SerializedError | undefined }
  | { readonly kind: "edge"; readonly overview: EdgeOverview | undefined; readonly error: SerializedError | undefined }
  | { readonly kind: "lost"; readonly error: SerializedError };

/** The state after something happened, and what has to be done for it. */
export interface Reduced {
  readonly state: DashboardState;
  readonly effects: readonly Effect[];
}

/** A new state that asks for nothing, or for these effects. */
export const reduced = (state: DashboardState, ...effects: readonly Effect[]): Reduced => ({ state, effects });

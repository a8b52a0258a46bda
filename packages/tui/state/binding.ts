import type { TabId } from "./tabs.ts";

/** Everything that a person can ask of the screen by a key or in the palette. */
export type ActionId =
  | "restart"
  | "stop-or-start"
  | "open"
  | "shell"
  | "why"
  | "debug"
  | "up"
  | "down"
  | "enter"
  | "other-side"
  | "back"
  | "page-up"
  | "page-down"
  | "first"
  | "follow"
  | "search"
  | "next-match"
  | "previous-match"
  | "level"
  | "filter"
  | "wrap"
  | "scope"
  | `tab-${TabId}`
  | DataActionId
  | "request-filter"
  | "renew"
  | "palette"
  | "keys"
  | "plain"
  | "detach"
  | "leave";

/** What is done to the row under the cursor of the data's list, or to the data. */
export type DataActionId =
  | "seed"
  | "seed-again"
  | "save"
  | "restore"
  | "remove"
  | "switch-branch"
  | "new-branch"
  | "prune"
  | "back-up"
  | "verify"
  | "cancel";

/** One row of the table that keys, `?`, the palette and the footer are made from. */
export interface Binding {
  readonly id: ActionId;
  /** Names as `readKeys` gives them; the first one is shown. */
  readonly keys: readonly string[];
  /** One word, for the footer. */
  readonly label: string;
  /** One sentence without a full stop, for `?` and the palette. */
  readonly help: string;
  readonly group: Group;
  /** Also where its group does not belong: lists are moved about in alike. */
  readonly isEverywhere?: true;
  /** Not in the palette: moving about needs keys. */
  readonly isMove?: true;
  /** Asks before it is done. */
  readonly isConfirmed?: true;
}

/** What a binding concerns. Those of the screen are there in every tab, the others in theirs. */
export type Group = "service" | "log" | "data" | "requests" | "certificates" | "screen";

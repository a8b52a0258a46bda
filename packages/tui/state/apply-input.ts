import type { DashboardState, Overlay } from "./dashboard-state.ts";
import { type Reduced, reduced } from "./happening.ts";
import { jumpToMatch } from "./move-log.ts";
import { begin } from "./perform-data.ts";
import { newestRequests } from "./request-view.ts";

/** A line of text that is typed. */
export type Input = Extract<Overlay, { kind: "input" }>;

/** What is typed counts at once where it looks for something: matches light up and lines go while one types. */
export function applyInput(state: DashboardState, { purpose, text }: Input): DashboardState {
  switch (purpose) {
    case "search":
      return { ...state, log: { ...state.log, search: text } };
    case "filter":
      return { ...state, log: { ...state.log, text } };
    case "request-filter":
      return { ...state, requestView: { ...newestRequests, filter: text } };
    case "snapshot-name":
    case "branch-name":
      return state;
  }
}

/** What Enter does with it. */
export function submitInput(state: DashboardState, { purpose, text }: Input): Reduced {
  switch (purpose) {
    case "search":
      return reduced(text === "" ? state : jumpToMatch(state, "older"));
    case "filter":
    case "request-filter":
      return reduced(state);
    case "snapshot-name": {
      const name = text.trim() === "" ? undefined : text.trim();
      return begin(state, { kind: "save", name, label: name === undefined ? "saving a snapshot" : `saving ${name}` });
    }
    case "branch-name": {
      const name = text.trim();
      return name === "" ? reduced(state) : begin(state, { kind: "switch-branch", name, label: `beginning ${name}` });
    }
  }
}

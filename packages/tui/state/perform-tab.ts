import { lastTabScroll } from "../model/tab-panel.ts";
import type { ActionId } from "./binding.ts";
import type { DashboardState } from "./dashboard-state.ts";
import { type Reduced, reduced } from "./happening.ts";
import { moveData, rowsOfData } from "./move-data.ts";
import { moveRequest, newest, oldestRequest, openRequest } from "./move-request.ts";
import { enterData } from "./perform-data.ts";
import { showTab } from "./show-tab.ts";
import { tabLayoutOf } from "./tab-layout.ts";

/** Moves about in a tab besides the services; undefined for what is done alike in every tab. */
export function performInTab(state: DashboardState, id: ActionId): Reduced | undefined {
  const page = Math.max(1, tabLayoutOf(state).bodyHeight - 2);
  switch (id) {
    case "up":
      return reduced(move(state, -1));
    case "down":
      return reduced(move(state, 1));
    case "page-up":
      return reduced(move(state, -page));
    case "page-down":
      return reduced(move(state, page));
    case "first":
      return reduced(toFirst(state));
    case "follow":
      return reduced(toLast(state));
    case "enter":
      return enter(state);
    case "other-side":
      return reduced(state);
    case "back":
      return back(state);
    default:
      return undefined;
  }
}

function move(state: DashboardState, by: number): DashboardState {
  if (state.tab === "data") return moveData(state, by);
  if (state.tab === "requests") return moveRequest(state, by);
  return { ...state, scroll: Math.min(lastTabScroll(state), Math.max(0, state.scroll + by)) };
}

/** In a list of what happens, the first keys of the alphabet mean old and new; elsewhere top and bottom. */
function toFirst(state: DashboardState): DashboardState {
  if (state.tab === "requests") return oldestRequest(state);
  return move(state, -Number.MAX_SAFE_INTEGER);
}

function toLast(state: DashboardState): DashboardState {
  if (state.tab === "requests") return newest(state);
  return state.tab === "data" ? moveData(state, rowsOfData(state).length) : { ...state, scroll: lastTabScroll(state) };
}

function enter(state: DashboardState): Reduced {
  if (state.tab === "data") return enterData(state);
  return state.tab === "requests" ? openRequest(state) : reduced(state);
}

/** A filter goes first, then the tab. */
function back(state: DashboardState): Reduced {
  const { requestView } = state;
  if (state.tab === "requests" && requestView.filter !== "")
    return reduced({ ...state, requestView: { ...requestView, filter: "" } });
  return showTab(state, "services");
}

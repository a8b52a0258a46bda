import type { DashboardState } from "./dashboard-state.ts";
import { type Reduced, reduced } from "./happening.ts";
import { newestRequests } from "./request-view.ts";
import { routesOf } from "./routes-of.ts";
import { requestPlace, shownRequests } from "./shown-requests.ts";
import { requestRows } from "./tab-layout.ts";

/** Moves the cursor by rows, down where positive; above the newest one it follows again. What is on the screen stays while the cursor is on an older one. */
export function moveRequest(state: DashboardState, by: number): DashboardState {
  const shown = shownRequests(state);
  const rows = requestRows(state, routesOf(state).length);
  const { start, cursor } = requestPlace(state, shown, rows);
  const to = Math.min(shown.length - 1, cursor + by);
  if (to < 0) return newest(state);
  const first = to < start ? to : to >= start + rows ? to - rows + 1 : start;
  const orderAt = (index: number): number | undefined => shown[Math.max(0, index)]?.order;
  return { ...state, requestView: { ...state.requestView, cursor: orderAt(to), top: orderAt(first) } };
}

/** The newest request, and those that come. */
export const newest = (state: DashboardState): DashboardState => ({
  ...state,
  requestView: { ...newestRequests, filter: state.requestView.filter },
});

/** The oldest request kept. */
export const oldestRequest = (state: DashboardState): DashboardState =>
  moveRequest(state, state.requests.entries.length);

/** Opens the request under the cursor. */
export function openRequest(state: DashboardState): Reduced {
  const shown = shownRequests(state);
  const { cursor } = requestPlace(state, shown, requestRows(state, routesOf(state).length));
  const chosen = shown[cursor];
  if (!chosen) return reduced(state);
  const held = state.requestView.cursor === undefined ? moveRequest(state, 0) : state;
  return reduced({ ...held, overlay: { kind: "request", order: chosen.order, scroll: 0 } });
}

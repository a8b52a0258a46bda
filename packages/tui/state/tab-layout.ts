import type { DashboardState } from "./dashboard-state.ts";
import { type Layout, layoutOf } from "./layout.ts";

/** How a tab besides the services is divided. Sizes in cells. */
export interface TabLayout {
  readonly width: number;
  /** Rows between the top and the bottom lines. */
  readonly bodyHeight: number;
  /** Room for a second side; 0: there is one side alone. */
  readonly sideWidth: number;
  readonly mainWidth: number;
}

// Between two sides: a space, the line and a space.
const gap = 3;

/** Divides the terminal for a tab with a list. */
export function tabLayoutOf(state: DashboardState): TabLayout {
  const { width, bodyHeight, detailsWidth }: Layout = layoutOf(state.size, state.focus);
  const sideWidth = detailsWidth > 0 ? Math.min(72, Math.floor(width * 0.36)) : 0;
  return { width, bodyHeight, sideWidth, mainWidth: sideWidth > 0 ? width - sideWidth - gap : width };
}

const fewestForRoutes = 14;

/** The rows of the routes over the requests: none where there is a side for them, or no room. */
export function routeRows(state: DashboardState, routes: number): number {
  const { bodyHeight, sideWidth, width } = tabLayoutOf(state);
  if (sideWidth > 0 || bodyHeight < fewestForRoutes || width < 60 || routes === 0) return 0;
  // The heading, the routes, and an empty row.
  return Math.min(routes + 2, Math.floor(bodyHeight / 2.5));
}

/** The rows of the requests' list, without its heading. */
export const requestRows = (state: DashboardState, routes: number): number =>
  Math.max(1, tabLayoutOf(state).bodyHeight - 1 - routeRows(state, routes));

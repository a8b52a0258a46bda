import type { DashboardState } from "../state/dashboard-state.ts";
import { routesOf } from "../state/routes-of.ts";
import { routeRows, tabLayoutOf } from "../state/tab-layout.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { dataDetailLines } from "./data-detail-lines.ts";
import { dataLines } from "./data-lines.ts";
import type { Pane } from "./pane.ts";
import { requestLines } from "./request-lines.ts";
import { routeLines } from "./route-lines.ts";
import { tabPanelLines } from "./tab-panel.ts";

/** What a tab besides the services shows. */
export function tabPanes(state: DashboardState): readonly Pane[] {
  const { width, bodyHeight, mainWidth, sideWidth } = tabLayoutOf(state);
  const side = (lines: readonly Line[]): readonly Pane[] =>
    sideWidth === 0 ? [] : [{ id: "details", width: sideWidth + 1, lines: lines.map((line) => [span(" "), ...line]) }];
  switch (state.tab) {
    case "data":
      return [
        { id: "list", width: mainWidth, lines: dataLines(state, mainWidth, bodyHeight) },
        ...side(dataDetailLines(state, sideWidth)),
      ];
    case "requests": {
      const routes = routesOf(state);
      const above = routeRows(state, routes.length);
      const top = above > 0 ? [...routeLines(state, routes, mainWidth, above - 1), fitLine([], mainWidth, "")] : [];
      return [
        { id: "list", width: mainWidth, lines: [...top, ...requestLines(state, mainWidth, bodyHeight - above)] },
        ...(sideWidth === 0 ? [] : side(routeLines(state, routes, sideWidth, bodyHeight))),
      ];
    }
    default:
      return [{ id: "panel", width, lines: tabPanelLines(state, width, bodyHeight) }];
  }
}

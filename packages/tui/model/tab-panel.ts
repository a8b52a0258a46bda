import type { DashboardState } from "../state/dashboard-state.ts";
import { layoutOf } from "../state/layout.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { certificatesPanel } from "./certificates-panel.ts";
import { editsPanel } from "./edits-panel.ts";
import type { Panel } from "./panel.ts";

/** The text of a tab that is read: the edits, or the certificates. */
function tabPanel(state: DashboardState, width: number): Panel {
  return state.tab === "edits" ? editsPanel(state, width) : certificatesPanel(state, width);
}

const innerWidth = (width: number): number => Math.max(2, width - 2);

/** How far it can be scrolled. */
export function lastTabScroll(state: DashboardState): number {
  const { width, bodyHeight } = layoutOf(state.size, state.focus);
  return Math.max(0, tabPanel(state, innerWidth(width)).length - bodyHeight);
}

/** Its rows on the screen. */
export function tabPanelLines(state: DashboardState, width: number, height: number): readonly Line[] {
  const panel = tabPanel(state, innerWidth(width));
  const start = Math.min(state.scroll, Math.max(0, panel.length - height));
  return Array.from({ length: Math.min(height, panel.length - start) }, (_, index) =>
    fitLine([span(" "), ...panel.row(start + index)], width, state.glyphs.ellipsis),
  );
}

import type { DashboardState } from "../state/dashboard-state.ts";
import { type Layout, layoutOf } from "../state/layout.ts";
import { cellWidth } from "../text/fit-text.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { askLines } from "./ask-lines.ts";
import { detailLines } from "./detail-lines.ts";
import { footerLine } from "./footer-line.ts";
import { headerLine, tabsLine } from "./header-lines.ts";
import { logLines } from "./log-lines.ts";
import { messageLines } from "./message-line.ts";
import { paletteLines } from "./palette-lines.ts";
import type { Pane } from "./pane.ts";
import { isReadable } from "./panel.ts";
import { panelLines } from "./panel-lines.ts";
import { serviceLines } from "./service-lines.ts";
import { tabPanes } from "./tab-panes.ts";

/** The whole screen as lines; the views only place and colour them. */
export interface DashboardModel {
  /** Rows over the sides. */
  readonly top: readonly Line[];
  /** Left to right. Each has exactly `height` lines of exactly its width. */
  readonly panes: readonly Pane[];
  /** Between two panes: a space and the line. */
  readonly separator: string;
  readonly bottom: readonly Line[];
  /** Rows of the panes. */
  readonly height: number;
}

/** Derives what is on the screen from the state. Its rows are one less than the terminal's. */
export function dashboardModel(state: DashboardState): DashboardModel {
  const layout = layoutOf(state.size, state.focus);
  const { width, bodyHeight } = layout;
  const message = messageLines(state, width);
  const footer = footerLine(state, width);
  const bottom = bottomLines(state, layout, message, footer);
  // What needs more rows than are kept for it lies over the last ones of the body.
  const height = bodyHeight - Math.max(0, bottom.length - (layout.hasMessageRow ? 2 : 1));
  const model: DashboardModel = {
    top: [headerLine(state, width), ...(layout.hasTabs ? [tabsLine(state, width)] : [])],
    panes: panesOf(state, layout).map((pane) => ({ ...pane, lines: fill(pane, height) })),
    separator: ` ${state.glyphs.separator}`,
    bottom,
    height,
  };
  return state.glyphs.isUtf8 ? model : withoutUnicode(model);
}

/** In a low terminal one row has both: a question is told by its keys, what is said goes before the keys. */
function bottomLines(
  state: DashboardState,
  { hasMessageRow, width }: Layout,
  message: readonly Line[],
  footer: Line,
): readonly Line[] {
  if (hasMessageRow) return [...(message.length > 0 ? message : [fitLine([], width, "")]), footer];
  return message.length > 0 && state.overlay?.kind !== "leaving" ? message : [footer];
}

function panesOf(state: DashboardState, layout: Layout): readonly Pane[] {
  const { overlay } = state;
  const { width, bodyHeight } = layout;
  if (overlay?.kind === "palette")
    return [{ id: "panel", width, lines: paletteLines(state, overlay, width, bodyHeight) }];
  if (overlay?.kind === "ask") return [{ id: "panel", width, lines: askLines(state, overlay, width, bodyHeight) }];
  if (overlay && isReadable(overlay)) {
    return [{ id: "panel", width, lines: panelLines(state, overlay, width, bodyHeight) }];
  }
  if (state.tab !== "services") return tabPanes(state);
  const panes: Pane[] = [];
  if (layout.servicesWidth > 0) {
    panes.push({
      id: "services",
      width: layout.servicesWidth,
      lines: serviceLines(state, layout.servicesWidth, bodyHeight, layout.hasHeadings),
    });
  }
  if (layout.detailsWidth > 0) {
    const lines = detailLines(state, layout.detailsWidth).map((line) => [span(" "), ...line]);
    panes.push({ id: "details", width: layout.detailsWidth + 1, lines });
  }
  if (layout.logWidth > 0) panes.push({ id: "log", width: layout.logWidth + 1, lines: logLines(state) });
  return panes;
}

function fill(pane: Pane, height: number): readonly Line[] {
  return Array.from({ length: height }, (_, index) => fitLine(pane.lines[index] ?? [], pane.width, ""));
}

/** A terminal without UTF-8 gets a question mark for each cell that it could not draw. */
function withoutUnicode(model: DashboardModel): DashboardModel {
  const ascii = (line: Line): Line =>
    line.map((each) => ({ ...each, text: each.text.replace(/[^\x20-\x7e]+/g, (text) => "?".repeat(cellWidth(text))) }));
  return {
    ...model,
    top: model.top.map(ascii),
    panes: model.panes.map((pane) => ({ ...pane, lines: pane.lines.map(ascii) })),
    bottom: model.bottom.map(ascii),
  };
}

import type { DashboardState } from "../state/dashboard-state.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { entryPanel } from "./entry-panel.ts";
import { keysPanel } from "./keys-panel.ts";
import type { Panel, Readable } from "./panel.ts";
import { requestPanel } from "./request-panel.ts";
import { whyPanel } from "./why-panel.ts";

/** The whole text of what lies over the screen, for rows of so many cells. */
export function panelOf(state: DashboardState, overlay: Readable, width: number): Panel {
  switch (overlay.kind) {
    case "keys":
      return keysPanel(state, width);
    case "entry":
      return entryPanel(state, overlay.entry, width);
    case "why":
      return whyPanel(state, overlay, width);
    case "request":
      return requestPanel(state, overlay.order, width);
  }
}

/** How far a panel can be scrolled when so many rows of the screen are its. */
export const lastScroll = (panel: Panel, height: number): number => Math.max(0, panel.length - Math.max(1, height - 2));

/** The rows of a panel: its title with the place in it, an empty row, and the text from `scroll` on. */
export function panelLines(state: DashboardState, overlay: Readable, width: number, height: number): readonly Line[] {
  const inner = Math.max(2, width - 2);
  const panel = panelOf(state, overlay, inner);
  const rows = Math.max(1, height - 2);
  const start = Math.min(overlay.scroll, lastScroll(panel, height));
  const end = Math.min(panel.length, start + rows);
  const place =
    panel.length > rows
      ? [
          span(
            `  rows ${(start + 1).toLocaleString("en")}-${end.toLocaleString("en")} of ${panel.length.toLocaleString("en")}`,
            "dim",
          ),
        ]
      : [];
  const shown = Array.from({ length: end - start }, (_, index) => panel.row(start + index));
  return [[...panel.title, ...place], [], ...shown].map((line) =>
    fitLine([span(" "), ...line], width, state.glyphs.ellipsis),
  );
}

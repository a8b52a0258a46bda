import { instanceLabel } from "@drydock/core";
import { textPattern } from "../logs/log-filter.ts";
import type { LogLayout } from "../logs/log-row.ts";
import { cellWidth } from "../text/fit-text.ts";
import type { DashboardState, Size } from "./dashboard-state.ts";

/** Which parts there are, and their sizes in cells. */
export interface Layout {
  /** One less than the terminal's: erasing to the end of a full row would take its last character. */
  readonly width: number;
  /** One less than the terminal's, so that nothing ever scrolls. */
  readonly height: number;
  /** Rows between the top and the bottom lines. */
  readonly bodyHeight: number;
  readonly hasTabs: boolean;
  /** A row of its own for messages; else they take the footer's. */
  readonly hasMessageRow: boolean;
  readonly hasHeadings: boolean;
  /** Side by side; in a narrow terminal the side with the focus alone. */
  readonly servicesWidth: number;
  /** Without the column before it, where its cursor is. */
  readonly logWidth: number;
  readonly detailsWidth: number;
}

const narrowBelow = 60;
const wideAbove = 140;
const lowBelow = 16;
// Cells between two sides: a space, the line, and the column of the log's cursor or a space.
const gap = 3;

/** Divides the terminal. */
export function layoutOf(size: Size, focus: DashboardState["focus"]): Layout {
  const width = Math.max(10, size.columns - 1);
  const height = Math.max(4, size.rows - 1);
  const isLow = size.rows < lowBelow;
  const common = {
    width,
    height,
    hasTabs: !isLow,
    hasMessageRow: !isLow,
    hasHeadings: !isLow,
    bodyHeight: height - (isLow ? 2 : 4),
  };
  if (size.columns < narrowBelow) {
    const isLog = focus === "log";
    return { ...common, servicesWidth: isLog ? 0 : width, logWidth: isLog ? width - 1 : 0, detailsWidth: 0 };
  }
  const servicesWidth = Math.min(56, Math.max(30, Math.min(40, width - 35), Math.floor(width * 0.3)));
  const detailsWidth = size.columns > wideAbove ? Math.min(48, Math.floor(width * 0.22)) : 0;
  const logWidth = width - servicesWidth - gap - (detailsWidth > 0 ? detailsWidth + gap : 0);
  return { ...common, servicesWidth, logWidth, detailsWidth };
}

/** How the log is laid out now; in a narrow terminal, as if its side were shown. */
export function logLayoutOf(state: DashboardState): LogLayout {
  const layout = layoutOf(state.size, "log");
  const replicas = new Map(state.session?.services.map((each) => [each.name, each.replicas]));
  const shown = [...replicas].filter(([name]) => state.log.scope === "all" || name === state.selected);
  const longest = Math.max(1, ...shown.map(([name, count]) => cellWidth(instanceLabel(name, count, count))));
  const isOneInstance = state.log.scope === "selected" && (shown[0]?.[1] ?? 1) <= 1;
  return {
    width: layout.logWidth,
    height: Math.max(1, layout.bodyHeight - 1),
    isWrapped: state.log.isWrapped,
    nameWidth: isOneInstance ? 0 : Math.min(longest, layout.logWidth < narrowBelow ? 9 : 20),
    hasTime: layout.logWidth >= 30,
    hasLevel: layout.logWidth >= narrowBelow,
    nameOf: (entry) => instanceLabel(entry.service, entry.number, replicas.get(entry.service) ?? 1),
    accented: state.log.scope === "all" ? state.selected : undefined,
    pattern: state.log.search === "" ? undefined : textPattern(state.log.search),
    glyphs: state.glyphs,
  };
}

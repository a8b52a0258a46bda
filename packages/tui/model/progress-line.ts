import type { DashboardState } from "../state/dashboard-state.ts";
import { type Line, span } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";

const barCells = 16;

/** How far the longest-known work is, with a bar where its end is known; undefined when nothing is under way. */
export function progressLine(state: DashboardState, width: number): Line | undefined {
  const tasks = [...state.progress.values()];
  const first = tasks[0];
  if (!first) return undefined;
  const more = tasks.length > 1 ? `  and ${tasks.length - 1} more` : "";
  const text = `${neutralise(first.task)}  ${neutralise(first.message)}`;
  if (first.total === undefined || first.done === undefined || first.total <= 0 || width < 60) {
    return [span(text, "busy"), span(more, "dim")];
  }
  const share = Math.min(1, Math.max(0, first.done / first.total));
  const full = Math.round(share * barCells);
  const { barFull, barEmpty } = state.glyphs;
  return [
    span(barFull.repeat(full), "accent"),
    span(barEmpty.repeat(barCells - full), "dim"),
    span(` ${String(Math.floor(share * 100)).padStart(3)} %  `),
    span(text, "dim"),
    span(more, "dim"),
  ];
}

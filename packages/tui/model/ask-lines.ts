import type { DashboardState, Overlay } from "../state/dashboard-state.ts";
import { fitLine, type Line, span, wrapWords } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";

/** A question, with what is lost by saying yes. */
export function askLines(
  { glyphs }: DashboardState,
  { question, consequences }: Extract<Overlay, { kind: "ask" }>,
  width: number,
  height: number,
): readonly Line[] {
  const inner = Math.max(2, Math.min(width, 90) - 2);
  const rows: readonly Line[] = [
    ...wrapWords(neutralise(question), inner).map((row) => [span(row, "accent")]),
    [],
    ...consequences.flatMap((text) => [...wrapWords(neutralise(text), inner).map((row) => [span(row)]), []]),
    [span("y", "accent"), span(" yes   ", "dim"), span("any other key", "accent"), span(" no", "dim")],
  ];
  // The keys are told below as well; where there is no room, what is lost goes first.
  const shown = rows.length <= height ? rows : rows.slice(0, -1).filter((line) => line.length > 0);
  return shown.map((line) => fitLine([span(" "), ...line], width, glyphs.ellipsis));
}

import type { DashboardState, Overlay } from "../state/dashboard-state.ts";
import { keyName } from "../state/key-name.ts";
import { findCommands } from "../state/palette.ts";
import { fitLine, type Line, span, spread } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";

/** The palette: what is typed, and the commands that answer it; the page with the chosen one. */
export function paletteLines(
  state: DashboardState,
  overlay: Extract<Overlay, { kind: "palette" }>,
  width: number,
  height: number,
): readonly Line[] {
  const { glyphs } = state;
  const commands = findCommands(state, overlay.query);
  const rows = Math.max(1, height - 2);
  const chosen = Math.min(overlay.chosen, Math.max(0, commands.length - 1));
  const start = Math.floor(chosen / rows) * rows;
  const inner = Math.min(width, 90);
  const lines = commands.slice(start, start + rows).map((command, index): Line => {
    const isChosen = start + index === chosen;
    const left = [
      span(isChosen ? ` ${glyphs.pointer} ` : "   ", "accent"),
      span(neutralise(command.text), isChosen ? "strong" : "plain"),
    ];
    const key = command.key === "" ? "" : keyName(command.key, glyphs.isUtf8);
    return fitLine(spread(left, [span(`${key} `, "dim")], inner, glyphs.ellipsis), width, glyphs.ellipsis);
  });
  const query = [span(" : ", "accent"), span(neutralise(overlay.query)), span(glyphs.cursor, "accent")];
  const body =
    lines.length > 0 ? lines : [fitLine([span("   no command is like that", "dim")], width, glyphs.ellipsis)];
  return [fitLine(query, width, glyphs.ellipsis), fitLine([], width, ""), ...body];
}

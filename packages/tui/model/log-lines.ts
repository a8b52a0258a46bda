import { timeOfDay } from "../logs/log-row.ts";
import { type LogRow, windowRows } from "../logs/log-window.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { logLayoutOf } from "../state/layout.ts";
import { cursorEntry } from "../state/move-log.ts";
import { fitLine, type Line, span } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";

/** The log side: what is shown of it, and its rows. Each line begins with the column of the cursor. */
export function logLines(state: DashboardState): readonly Line[] {
  const layout = logLayoutOf(state);
  const rows = windowRows(state.logs.shown, state.log.position, layout);
  const cursor = state.focus === "log" ? cursorEntry(state) : undefined;
  const lines = rows.map(({ entry, line }, index): Line => {
    if (entry !== cursor) return [span(" "), ...line];
    const isFirst = rows[index - 1]?.entry !== entry;
    return [
      span(isFirst ? state.glyphs.pointer : " ", "accent"),
      ...line.map((each) => (each.tone === "dim" ? { ...each, tone: "plain" as const } : each)),
    ];
  });
  const title: Line = [span(" "), ...fitLine(titleLine(state, rows), layout.width, state.glyphs.ellipsis)];
  if (lines.length > 0) return [title, ...lines];
  return [title, [span(" "), ...fitLine([span(emptyText(state), "dim")], layout.width, state.glyphs.ellipsis)]];
}

/** Which log, which part of it, and what is left out. */
function titleLine(state: DashboardState, rows: readonly LogRow[]): Line {
  const { scope, level, text, search, isWrapped, isReadingOlder } = state.log;
  const name = scope === "all" ? "all services" : neutralise(state.selected ?? "");
  const said = [
    whereText(state, rows),
    ...(isReadingOlder ? ["reading older lines"] : []),
    ...(level === undefined ? [] : [`${level} and above`]),
    ...(text === "" ? [] : [`with "${text}"`]),
    ...(search === "" ? [] : [`/${search}`]),
    ...(isWrapped ? ["wrapped"] : []),
  ];
  const dot = ` ${state.glyphs.dot} `;
  return [span(name, state.focus === "log" ? "plain" : "dim"), span(`${dot}${said.join(dot)}`, "dim")];
}

function whereText(state: DashboardState, rows: readonly LogRow[]): string {
  if (state.log.position === "follow") return "following";
  const last = rows.at(-1)?.entry;
  if (!last) return "following";
  const newer = state.logs.shown.length - 1 - state.logs.shown.indexOf(last.order) + state.logs.withheld;
  return newer === 0 ? `at ${timeOfDay(last.at)}` : `at ${timeOfDay(last.at)}, ${newer.toLocaleString("en")} newer`;
}

function emptyText(state: DashboardState): string {
  const { level, text } = state.log;
  return level === undefined && text === "" ? "no line yet" : "no line passes the filter";
}

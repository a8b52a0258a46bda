import { instanceLabel } from "@drydock/core";
import { localTime } from "../logs/local-time.ts";
import type { LogEntry } from "../logs/log-buffer.ts";
import { textPattern } from "../logs/log-filter.ts";
import { highlight, levelTone } from "../logs/log-row.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { wrapText } from "../text/fit-text.ts";
import { parseJsonLine } from "../text/json-line.ts";
import { type Line, span, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import type { Panel } from "./panel.ts";

/** One log entry whole: its fields one a row where it is JSON, then the line as it was written, nothing hidden. */
export function entryPanel(state: DashboardState, entry: LogEntry, width: number): Panel {
  const pattern = state.log.search === "" ? undefined : textPattern(state.log.search);
  const parsed = jsonRows(entry, width);
  const written = writtenRows(entry, width);
  return {
    title: titleOf(state, entry),
    length: parsed.length + written.length,
    row: (index) => {
      const line = parsed[index] ?? [span(written[index - parsed.length] ?? "")];
      return line.flatMap((each) => highlight(each, pattern));
    },
  };
}

function titleOf(state: DashboardState, entry: LogEntry): Line {
  if (entry.service === "") return [span("remark", "accent")];
  const replicas = state.session?.services.find((each) => each.name === entry.service)?.replicas ?? 1;
  const name = instanceLabel(neutralise(entry.service), entry.number, replicas);
  return [span(name, "accent"), span(`  ${localTime(entry.at)}  ${entry.stream}`, "dim")];
}

function jsonRows(entry: LogEntry, width: number): readonly Line[] {
  const json = parseJsonLine(entry.text);
  if (!json) return [];
  const labels = Math.min(24, Math.max(7, ...json.fields.map(([name]) => neutralise(name).length)));
  const row = (name: string, value: string, tone: "plain" | ReturnType<typeof levelTone>): readonly Line[] =>
    wrapLine(
      [span(`${neutralise(name, "show").padEnd(labels)}  `, "dim"), span(neutralise(value, "show"), tone)],
      width,
      Math.min(labels + 2, width >> 1),
    );
  return [
    ...(json.level === undefined ? [] : row("level", json.level, levelTone(json.level))),
    ...row("message", json.message, "strong"),
    ...json.fields.flatMap(([name, value]) => row(name, value, "plain")),
    [],
  ];
}

// Wrapping a line of 1 MB takes some milliseconds: once for each width, not once a frame.
const wrapped = new WeakMap<LogEntry, { readonly width: number; readonly rows: readonly string[] }>();

function writtenRows(entry: LogEntry, width: number): readonly string[] {
  const known = wrapped.get(entry);
  if (known?.width === width) return known.rows;
  const rows = wrapText(neutralise(entry.text, "show"), width);
  wrapped.set(entry, { width, rows });
  return rows;
}

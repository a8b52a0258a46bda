import { type DashboardState, factsOf, type InputPurpose } from "../state/dashboard-state.ts";
import { dataBusy } from "../state/perform-data.ts";
import { isRunning } from "../state/service-facts.ts";
import { fitLine, type Line, lineWidth, type Span, span } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { durationText } from "./amounts.ts";
import { progressLine } from "./progress-line.ts";

// An answer that needs more rows than this is in the command's own output.
const mostRows = 4;

/** What is said or asked above the keys, in as many rows as it needs; none when there is nothing. */
export function messageLines(state: DashboardState, width: number): readonly Line[] {
  const line = messageSpans(state, width);
  if (!line) return [];
  const rows = wrapSpans(line, width - 2).slice(0, mostRows);
  return rows.map((row) => fitLine([span(" "), ...row], width, state.glyphs.ellipsis));
}

/** Prose in several tones, broken between words. What is asked stays on one row. */
function wrapSpans(line: Line, cells: number): readonly Line[] {
  if (lineWidth(line) <= cells) return [line];
  const tones = line.flatMap(({ text, tone }) => text.split(/(?= )/).map((word) => ({ text: word, tone })));
  const rows: Span[][] = [[]];
  for (const word of tones) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && lineWidth([...row, word]) > cells) rows.push([{ ...word, text: word.text.trimStart() }]);
    else row.push(word);
  }
  return rows;
}

function messageSpans(state: DashboardState, width: number): Line | undefined {
  const { overlay, glyphs, connection } = state;
  if (overlay?.kind === "leaving")
    return [span("Detach, or stop everything?", "accent"), span("  Ctrl-C again stops", "dim")];
  if (overlay?.kind === "confirm")
    return [
      span(`Stop ${neutralise(overlay.service)}?`, "accent"),
      span(`  ${dependants(state, overlay.service)}`, "dim"),
    ];
  if (overlay?.kind === "input")
    return [span(prompts[overlay.purpose], "accent"), span(neutralise(overlay.text)), span(glyphs.cursor, "accent")];
  if (connection.kind === "lost") {
    const hint = connection.error.hint === undefined ? "" : ` ${connection.error.hint}`;
    const why = connection.error.code === "SUPERVISOR_ENDED" ? "." : `: ${neutralise(connection.error.message)}`;
    return [span(`The supervisor is gone${why}`, "bad"), span(`${neutralise(hint)}  q leaves`, "dim")];
  }
  if (state.message) return [span(neutralise(state.message.text), state.message.isError ? "bad" : "plain")];
  const work = state.tab === "data" ? workText(state) : undefined;
  if (work !== undefined && state.progress.size === 0) return [span(work, "busy")];
  if (state.notice) {
    const { level, message, hint } = state.notice;
    return [
      span(neutralise(message), level === "warning" ? "busy" : "plain"),
      span(hint === undefined ? "" : `  ${neutralise(hint)}`, "dim"),
    ];
  }
  return progressLine(state, width - 2);
}

const prompts: Readonly<Record<InputPurpose, string>> = {
  search: "/",
  filter: "only lines with: ",
  "request-filter": "only requests with: ",
  "snapshot-name": "name of the snapshot (none: it gets one): ",
  "branch-name": "name of the new branch: ",
};

/** What is under way with the data, whoever asked for it. */
function workText({ data, now, glyphs, busy }: DashboardState): string | undefined {
  const [first] = data.works.values();
  if (!first) return undefined;
  const seconds = Math.floor(Math.max(0, now - first.startedAt) / 1_000);
  const since = seconds > 0 ? `  ${durationText(seconds * 1_000)}` : "";
  return `${neutralise(first.label)}${glyphs.ellipsis}${since}${busy.has(dataBusy) ? "  c cancels" : ""}`;
}

/** What else a stop touches. */
function dependants(state: DashboardState, service: string): string {
  const needing = (state.session?.services ?? []).filter(
    (each) => each.dependsOn.includes(service) && isRunning(factsOf(state, each.name)?.instances ?? []),
  );
  if (needing.length === 0) return "nothing else needs it";
  return `${needing.map((each) => neutralise(each.name)).join(", ")} ${needing.length === 1 ? "needs" : "need"} it`;
}

import { timeOfDay } from "../logs/log-row.ts";
import type { RequestFacts } from "../requests/request-facts.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { factsOfRequest, requestPlace, shownRequests } from "../state/shown-requests.ts";
import { cellWidth, fitText } from "../text/fit-text.ts";
import { fitLine, type Line, span, type Tone } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { latencyText } from "./amounts.ts";

const statusWidth = 4;
const latencyWidth = 7;

/** The requests, newest first, under a heading that says which. `height` has the heading in it. */
export function requestLines(state: DashboardState, width: number, height: number): readonly Line[] {
  const shown = shownRequests(state);
  const rows = Math.max(1, height - 1);
  const { start, cursor } = requestPlace(state, shown, rows);
  const page = shown.slice(start, start + rows).map((entry) => factsOfRequest(state, entry));
  const { ellipsis } = state.glyphs;
  const labels = page.map(({ label }) => cellWidth(neutralise(label)));
  const labelWidth = Math.min(width < 60 ? 8 : 16, Math.max(4, ...labels));
  const lines = page.map((each, index) =>
    fitLine(requestLine(state, each, start + index === cursor, labelWidth, width), width, ellipsis),
  );
  const title = fitLine([span(` ${titleText(state, shown.length, start)}`, "dim")], width, ellipsis);
  if (lines.length > 0) return [title, ...lines];
  return [title, fitLine([span(`   ${emptyText(state)}`, "dim")], width, ellipsis)];
}

function requestLine(
  { glyphs, requestView }: DashboardState,
  facts: RequestFacts,
  isChosen: boolean,
  labelWidth: number,
  width: number,
): Line {
  const isHeld = isChosen && requestView.cursor !== undefined;
  const { at, status, durationMs, label, method, host, uri } = facts;
  const where = width >= 100 ? `${neutralise(host)}${neutralise(uri)}` : neutralise(uri);
  return [
    span(isChosen ? `${glyphs.pointer} ` : "  ", "accent"),
    ...(width < 50 ? [] : [span(`${timeOfDay(at)} `, "dim")]),
    span(`${status}`.padEnd(statusWidth), statusTone(status)),
    span(`${latencyText(durationMs).padStart(latencyWidth)} `, "dim"),
    span(`${fitText(neutralise(label) || "front", labelWidth, glyphs.ellipsis)} `, label === "" ? "dim" : "plain"),
    span(`${method.padEnd(width < 60 ? method.length : 4)} ${where}`, isHeld ? "strong" : "plain"),
  ];
}

/** How a status looks: what failed stands out, what was redirected or not changed does not. */
export function statusTone(status: number): Tone {
  if (status >= 500) return "bad";
  if (status >= 400) return status === 499 ? "dim" : "busy";
  return status >= 300 ? "dim" : "good";
}

function titleText({ requestView, requests, glyphs, edge }: DashboardState, count: number, start: number): string {
  const { filter, top } = requestView;
  const said = [
    top === undefined || start === 0 ? "newest first" : `${start.toLocaleString("en")} newer above`,
    ...(filter === "" ? [] : [`${count.toLocaleString("en")} with "${neutralise(filter)}"`]),
    ...(requests.dropped > 0 ? [`${requests.dropped.toLocaleString("en")} left out: too many at once`] : []),
    ...(edge.error ? [`routes: ${neutralise(edge.error.message)}`] : []),
  ];
  return `requests ${glyphs.dot} ${said.join(` ${glyphs.dot} `)}`;
}

function emptyText({ requests, requestView, mainUrl }: DashboardState): string {
  if (requests.entries.length > 0) return `no request has "${neutralise(requestView.filter)}"`;
  return mainUrl === undefined ? "no request yet" : `no request yet: ${neutralise(mainUrl)}`;
}

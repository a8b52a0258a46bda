import { instanceLabel, type RequestAttempt, type WebRequest } from "@drydock/core";
import { localTime } from "../logs/local-time.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { type Line, span, type Tone, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { latencyText, sizeText } from "./amounts.ts";
import type { Panel } from "./panel.ts";
import { statusTone } from "./request-lines.ts";

const labelWidth = 12;

/** One request whole: what each proxy that it led through saw, and which servers they asked. */
export function requestPanel(state: DashboardState, order: number, width: number): Panel {
  const entry = state.requests.entries.find((each) => each.order === order);
  const outer = entry?.hops[0];
  if (!entry || !outer)
    return { title: [span("Request", "accent")], length: 1, row: () => [span("It is not kept any more.", "dim")] };
  const field = (label: string, text: string, tone: Tone = "plain"): readonly Line[] =>
    text === ""
      ? []
      : wrapLine([span(label.padEnd(labelWidth), "dim"), span(neutralise(text, "show"), tone)], width, labelWidth);
  const lines: readonly Line[] = [
    ...field("request", `${outer.method} ${outer.uri}`, "strong"),
    ...field("host", outer.host),
    ...field("protocol", outer.protocol ?? ""),
    ...field("id", outer.requestId),
    ...Object.entries(outer.headers ?? {}).flatMap(([name, value]) => field(name, value)),
    ...entry.hops.flatMap((hop) => [[], ...hopLines(state, hop, field)]),
  ];
  const title = [span("Request", "accent"), span(`  ${localTime(outer.at)}`, "dim")];
  return { title, length: lines.length, row: (index) => lines[index] ?? [] };
}

type Field = (label: string, text: string, tone?: Tone) => readonly Line[];

function hopLines(state: DashboardState, hop: WebRequest, field: Field): readonly Line[] {
  const { status, durationMs, bytes } = hop;
  return [
    [span(neutralise(hop.proxy ?? "front"), "strong")],
    ...field("answered", `${status}${status === 499 ? ", the client had gone away" : ""}`, statusTone(status)),
    ...field("after", latencyText(durationMs)),
    ...field("body", bytes === 0 ? "" : sizeText(bytes)),
    ...(hop.attempts.length === 0 ? field("asked", "no server: it answered itself") : []),
    ...hop.attempts.flatMap((attempt, index) =>
      field(index === 0 ? "asked" : "then", attemptText(state, attempt), toneOf(attempt)),
    ),
  ];
}

function attemptText(state: DashboardState, { address, status, durationMs, service, number }: RequestAttempt): string {
  const replicas = state.session?.services.find(({ name }) => name === service)?.replicas ?? 1;
  const who = service === undefined ? address : `${instanceLabel(service, number ?? 1, replicas)} (${address})`;
  const what = status === undefined ? "" : `  ${status}`;
  return `${who}${what}${durationMs === undefined ? "" : `  ${latencyText(durationMs)}`}`;
}

const toneOf = ({ status }: RequestAttempt): Tone => (status !== undefined && status >= 500 ? "bad" : "plain");

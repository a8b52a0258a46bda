import type { InstanceState } from "@drydock/core";
import { allFacts, type DashboardState } from "../state/dashboard-state.ts";
import type { ServiceFacts } from "../state/service-facts.ts";
import { cellWidth, fitText } from "../text/fit-text.ts";
import type { Glyphs } from "../text/glyphs.ts";
import { fitLine, type Line, span, type Tone } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { cpuText, durationText, memoryText } from "./amounts.ts";

/** How each state looks, besides its shape. */
export const stateTones: Readonly<Record<InstanceState, Tone>> = {
  stopped: "dim",
  waiting: "busy",
  starting: "busy",
  ready: "good",
  unhealthy: "bad",
  done: "dim",
  failed: "bad",
  restarting: "busy",
};

// States that stay as they are when nobody looks after them.
const settled: ReadonlySet<InstanceState> = new Set(["stopped", "done", "failed"]);

const portWidth = 6;
const cpuWidth = 7;
const memoryWidth = 6;

/** The list of services: a heading where there is room, and a row for each. When there are more than rows, the page with the cursor. */
export function serviceLines(
  state: DashboardState,
  width: number,
  height: number,
  hasHeading: boolean,
): readonly Line[] {
  const facts = allFacts(state);
  const nameWidth = Math.min(width < 50 ? 11 : 22, Math.max(7, ...facts.map((each) => cellWidth(titleOf(each)))));
  const rows = Math.max(1, height - (hasHeading ? 1 : 0));
  const selected = Math.max(
    0,
    facts.findIndex((each) => each.name === state.selected),
  );
  const start = Math.floor(selected / rows) * rows;
  const page = facts.slice(start, start + rows);
  const lines = page.map((each) => fitLine(serviceLine(state, each, nameWidth, width), width, state.glyphs.ellipsis));
  if (!hasHeading) return lines;
  const count = facts.length > rows ? ` ${start + 1}-${start + page.length} of ${facts.length}` : "";
  return [fitLine(headingLine(state, nameWidth, width, count), width, state.glyphs.ellipsis), ...lines];
}

/** `api x2` */
const titleOf = (facts: ServiceFacts): string =>
  facts.replicas > 1 ? `${neutralise(facts.name)} x${facts.replicas}` : neutralise(facts.name);

function headingLine(state: DashboardState, nameWidth: number, width: number, count: string): Line {
  const { ellipsis } = state.glyphs;
  const tone: Tone = state.focus === "services" ? "plain" : "dim";
  const numbers = `${"port".padStart(portWidth)}${"cpu".padStart(cpuWidth)}${"mem".padStart(memoryWidth)}`;
  const stateWidth = Math.max(0, width - 5 - nameWidth - numbers.length);
  return [
    span(`    ${fitText("service", nameWidth, ellipsis)} `, tone),
    span(`${fitText(`state${count}`, stateWidth, ellipsis)}${numbers}`, "dim"),
  ];
}

function serviceLine(state: DashboardState, facts: ServiceFacts, nameWidth: number, width: number): Line {
  const { glyphs } = state;
  const isSelected = facts.name === state.selected;
  const isKnown = state.connection.kind !== "lost" || settled.has(facts.state);
  const head = [
    span(isSelected ? `${glyphs.pointer} ` : "  ", "accent"),
    isKnown ? span(glyphs.states[facts.state], stateTones[facts.state]) : span("?", "dim"),
    span(` ${fitText(titleOf(facts), nameWidth, glyphs.ellipsis)} `, isSelected ? "strong" : "plain"),
  ];
  // Nobody looks any more: what was seen last is past.
  if (!isKnown) return [...head, span(`was ${facts.state}`, "dim")];
  const busy = state.busy.get(facts.name);
  if (busy !== undefined) return [...head, span(`${busy}${glyphs.ellipsis}`, "busy")];
  if (facts.state !== "ready")
    return [...head, span(reasonText(facts), facts.state === "done" ? "dim" : stateTones[facts.state])];
  const numbers = numbersText(facts);
  const stateWidth = Math.max(0, width - 5 - nameWidth - numbers.length);
  return [
    ...head,
    span(
      fitText(readyText(facts, glyphs, stateWidth), stateWidth, glyphs.ellipsis),
      isOutdated(facts) ? "busy" : "dim",
    ),
    span(numbers, "dim"),
  ];
}

/** A state's reason in words, with how long a one-shot ran and how often it was restarted. */
export function reasonText(facts: ServiceFacts): string {
  if (facts.state === "done") return facts.doneInMs === undefined ? "done" : `done in ${durationText(facts.doneInMs)}`;
  return neutralise(facts.reason);
}

const outdatedText = "old: last save fails";

function isOutdated({ instances }: ServiceFacts): boolean {
  return instances.some((each) => each.isOutdated);
}

function readyText(facts: ServiceFacts, glyphs: Glyphs, room: number): string {
  const restarts = facts.restarts > 0 ? ` ${glyphs.restarts}${facts.restarts}` : "";
  if (isOutdated(facts)) return room < outdatedText.length ? "old code" : outdatedText;
  const provider = neutralise(facts.instances[0]?.provider ?? "").replace(/^image /, "");
  const text = `ready${restarts}  ${provider}`;
  return room >= 18 && cellWidth(text) <= room ? text : `ready${restarts}`;
}

function numbersText(facts: ServiceFacts): string {
  const port = facts.port === undefined ? "" : String(facts.port);
  const cpu = facts.usage ? cpuText(facts.usage.cpu) : "";
  const memory = facts.usage ? memoryText(facts.usage.memoryBytes) : "";
  return `${port.padStart(portWidth)}${cpu.padStart(cpuWidth)}${memory.padStart(memoryWidth)}`;
}

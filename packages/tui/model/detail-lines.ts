import type { Instance } from "@drydock/core";
import { timeOfDay } from "../logs/log-row.ts";
import { type DashboardState, factsOf } from "../state/dashboard-state.ts";
import { fitLine, type Line, span, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { cpuText, memoryText } from "./amounts.ts";
import { reasonText, stateTones } from "./service-lines.ts";

const labelWidth = 10;

/** The third column: what is known of the chosen service and of each of its instances. */
export function detailLines(state: DashboardState, width: number): readonly Line[] {
  const name = state.selected;
  const facts = name === undefined ? undefined : factsOf(state, name);
  if (!facts) return [];
  const { glyphs } = state;
  const summary = state.session?.services.find((each) => each.name === name);
  const field = (label: string, text: string): readonly Line[] =>
    text === "" ? [] : wrapLine([span(label.padEnd(labelWidth), "dim"), span(neutralise(text))], width, labelWidth);
  const lines: readonly Line[] = [
    [span(`${glyphs.states[facts.state]} `, stateTones[facts.state]), span(neutralise(facts.name), "strong")],
    [],
    ...field("state", facts.state),
    ...(reasonText(facts) === facts.state ? [] : field("reason", reasonText(facts))),
    ...(state.urls.get(facts.name) ?? []).flatMap((url, index) => field(index === 0 ? "open" : "", url)),
    ...field("runs as", facts.instances[0]?.provider ?? ""),
    ...field("needs", summary?.dependsOn.join(", ") ?? ""),
    ...field("restarts", String(facts.restarts)),
    ...facts.instances.flatMap((each) => [[], ...instanceLines(state, each, facts.replicas > 1, field)]),
  ];
  return lines.map((line) => fitLine(line, width, glyphs.ellipsis));
}

function instanceLines(
  state: DashboardState,
  instance: Instance,
  isOneOfMany: boolean,
  field: (label: string, text: string) => readonly Line[],
): readonly Line[] {
  const usage = state.usage.get(`${instance.service}.${instance.number}`);
  const addresses = instance.addresses.map(
    (each) => `${each.host}:${each.port}${each.target === each.port ? "" : ` (${each.target} inside)`}`,
  );
  return [
    ...(isOneOfMany
      ? [
          [
            span(`${state.glyphs.states[instance.state]} `, stateTones[instance.state]),
            span(`${neutralise(instance.service)}.${instance.number}`),
          ],
        ]
      : []),
    ...(isOneOfMany && instance.state !== "ready" ? field("reason", instance.reason) : []),
    ...addresses.flatMap((text, index) => field(index === 0 ? "address" : "", text)),
    ...(instance.startedAt === undefined ? [] : field("since", timeOfDay(instance.startedAt))),
    ...(usage ? field("uses", `${cpuText(usage.cpu)} of a core, ${memoryText(usage.memoryBytes)}`) : []),
  ];
}

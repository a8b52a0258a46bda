import { instanceLabel } from "@drydock/core";
import { timeOfDay } from "../logs/log-row.ts";
import { type DashboardState, type Explained, factsOf, type Overlay } from "../state/dashboard-state.ts";
import { type Line, span, wrapLine } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import type { Panel } from "./panel.ts";
import { reasonText, stateTones } from "./service-lines.ts";

/** Why a service is as it is: the facts, its health check's last output, the end of its log, for each instance. */
export function whyPanel(state: DashboardState, overlay: Extract<Overlay, { kind: "why" }>, width: number): Panel {
  const facts = factsOf(state, overlay.service);
  const name = neutralise(overlay.service);
  const title: Line = facts
    ? [
        span(`Why is ${name} `, "accent"),
        span(facts.state, stateTones[facts.state]),
        span("?", "accent"),
        span(`  ${reasonText(facts)}`, "dim"),
      ]
    : [span(`Why is ${name} not there?`, "accent")];
  const lines = [
    ...dependencyLines(state, overlay.service),
    ...answerLines(overlay, facts?.instances.length ?? 0, width),
  ];
  return { title, length: lines.length, row: (index) => lines[index] ?? [] };
}

/** What it needs, and how that is: the usual answer to "why does it wait?". */
function dependencyLines(state: DashboardState, service: string): readonly Line[] {
  const needs = state.session?.services.find((each) => each.name === service)?.dependsOn ?? [];
  if (needs.length === 0) return [];
  const rows = needs.map((name): Line => {
    const facts = factsOf(state, name);
    const shape = facts ? span(state.glyphs.states[facts.state], stateTones[facts.state]) : span("?", "dim");
    return [span("  "), shape, span(` ${neutralise(name)}  `), span(facts ? reasonText(facts) : "unknown", "dim")];
  });
  return [[span("It needs", "strong")], ...rows, []];
}

function answerLines(overlay: Extract<Overlay, { kind: "why" }>, instances: number, width: number): readonly Line[] {
  if (instances === 0) return [[span("Nothing of it runs or was created. s starts it.", "dim")]];
  if (overlay.explanations.length === 0) return [[span("asking the engine", "dim")]];
  const replicas = Math.max(instances, overlay.explanations.length);
  return overlay.explanations.flatMap((each) => {
    const name = instanceLabel(overlay.service, each.number, replicas);
    const heading: readonly Line[] = replicas > 1 ? [[span(neutralise(name), "strong")]] : [];
    return [...heading, ...explainedLines(each, width)];
  });
}

function explainedLines({ explanation, error }: Explained, width: number): readonly Line[] {
  const wrap = (line: Line): readonly Line[] => wrapLine(line, width, 2);
  if (!explanation) {
    return [
      ...wrap([span(neutralise(error?.message ?? "no answer"), "bad")]),
      ...wrap([span(neutralise(error?.hint ?? ""), "dim")]),
      [],
    ];
  }
  const { facts, healthCheck, lastLines } = explanation;
  return [
    ...facts.flatMap((fact) => wrap([span(neutralise(fact))])),
    [],
    ...(healthCheck
      ? [
          [
            span("Health check", "strong"),
            span(`  ${timeOfDay(healthCheck.at)}  `, "dim"),
            healthCheck.isHealthy ? span("healthy", "good") : span("unhealthy", "bad"),
          ],
          ...wrap([span("  $ ", "dim"), span(neutralise(healthCheck.probe))]),
          ...healthCheck.output
            .split("\n")
            .filter((text) => text.trim() !== "")
            .flatMap((text) => wrap([span("  "), span(neutralise(text), "dim")])),
          [],
        ]
      : []),
    ...(lastLines.length > 0
      ? [
          [span("The end of its log", "strong")],
          ...lastLines.flatMap((text) => wrap([span("  "), span(neutralise(text.slice(0, 2_000)), "dim")])),
          [],
        ]
      : []),
  ];
}

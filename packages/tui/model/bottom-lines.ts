import type { DashboardState } from "../state/dashboard-state.ts";
import { factsOf } from "../state/dashboard-state.ts";
import { type ActionId, keymap, keyName } from "../state/keymap.ts";
import { isRunning } from "../state/service-facts.ts";
import { fitLine, type Line, lineWidth, type Span, span, spread } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { progressLine } from "./progress-line.ts";

/** What is said or asked above the keys; undefined when there is nothing. */
export function messageLine(state: DashboardState, width: number): Line | undefined {
  const line = messageSpans(state, width);
  return line && fitLine([span(" "), ...line], width, state.glyphs.ellipsis);
}

/** The keys that matter now: those of an open question, of what lies over the screen, or of the side with the focus. */
export function footerLine(state: DashboardState, width: number): Line {
  const { overlay } = state;
  if (overlay?.kind === "leaving") return hintLine(state, leavingHints, width);
  if (overlay?.kind === "confirm")
    return hintLine(
      state,
      [
        ["y", "yes"],
        ["n", "no"],
      ],
      width,
    );
  if (overlay?.kind === "input")
    return hintLine(
      state,
      [
        ["Enter", overlay.purpose === "search" ? "find" : "keep"],
        ["Esc", "back"],
      ],
      width,
    );
  if (overlay?.kind === "palette")
    return hintLine(
      state,
      [
        [state.glyphs.arrows, "choose"],
        ["Enter", "do it"],
        ["Esc", "back"],
      ],
      width,
    );
  if (overlay)
    return hintLine(
      state,
      [
        [state.glyphs.arrows, "scroll"],
        ["PgUp PgDn", "pages"],
        ["g G", "ends"],
        ["any other key", "back"],
      ],
      width,
    );
  return state.focus === "log" ? hintLine(state, bindingHints(state, logActions), width) : servicesFooter(state, width);
}

const leavingHints: readonly Hint[] = [
  ["d", "detach"],
  ["s", "stop"],
  ["k", "kill"],
  ["Esc", "stay"],
];

type Hint = readonly [key: string, label: string];

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
    return [
      span(overlay.purpose === "search" ? "/" : "only lines with: ", "accent"),
      span(neutralise(overlay.text)),
      span(glyphs.cursor, "accent"),
    ];
  if (connection.kind === "lost") {
    const hint = connection.error.hint === undefined ? "" : ` ${connection.error.hint}`;
    return [
      span(`The supervisor is gone: ${neutralise(connection.error.message)}`, "bad"),
      span(`${neutralise(hint)}  q leaves`, "dim"),
    ];
  }
  if (state.message) return [span(neutralise(state.message.text), state.message.isError ? "bad" : "plain")];
  if (state.notice) {
    const { level, message, hint } = state.notice;
    return [
      span(neutralise(message), level === "warning" ? "busy" : "plain"),
      span(hint === undefined ? "" : `  ${neutralise(hint)}`, "dim"),
    ];
  }
  return progressLine(state, width - 2);
}

/** What else a stop touches. */
function dependants(state: DashboardState, service: string): string {
  const needing = (state.session?.services ?? []).filter(
    (each) => each.dependsOn.includes(service) && isRunning(factsOf(state, each.name)?.instances ?? []),
  );
  if (needing.length === 0) return "nothing else needs it";
  return `${needing.map((each) => neutralise(each.name)).join(", ")} ${needing.length === 1 ? "needs" : "need"} it`;
}

const serviceActions: readonly ActionId[] = ["restart", "stop-or-start", "open", "shell", "why"];
// As many as there is room for.
const alwaysActions: readonly (readonly ActionId[])[] = [
  ["search", "follow", "detach"],
  ["search", "detach"],
  ["detach"],
];
const logActions: readonly ActionId[] = [
  "enter",
  "search",
  "next-match",
  "level",
  "filter",
  "wrap",
  "scope",
  "follow",
  "plain",
  "detach",
];

function servicesFooter(state: DashboardState, width: number): Line {
  const name = state.selected === undefined ? [] : [span(` ${neutralise(state.selected)} `, "strong")];
  const left = [...name, ...hintSpans(bindingHints(state, serviceActions))];
  for (const ids of alwaysActions) {
    const right = hintSpans(bindingHints(state, ids));
    if (lineWidth(left) + lineWidth(right) + 2 <= width) return spread(left, right, width, "");
  }
  const hints = [...bindingHints(state, serviceActions)];
  while (hints.length > 0 && lineWidth([...name, ...hintSpans([...hints, helpHint])]) > width) hints.pop();
  return fitLine([...name, ...hintSpans([...hints, helpHint])], width, state.glyphs.ellipsis);
}

const helpHint: Hint = ["?", "keys"];

function bindingHints(state: DashboardState, ids: readonly ActionId[]): readonly Hint[] {
  return ids.flatMap((id): readonly Hint[] => {
    const binding = keymap.find((each) => each.id === id);
    const key = binding?.keys[0];
    if (!binding || key === undefined) return [];
    return [[keyName(key, state.glyphs.isUtf8), labelOf(state, id, binding.label)]];
  });
}

function labelOf(state: DashboardState, id: ActionId, label: string): string {
  if (id === "enter") return "whole";
  if (id !== "stop-or-start" || state.selected === undefined) return label;
  return isRunning(factsOf(state, state.selected)?.instances ?? []) ? "stop" : "start";
}

const hintSpans = (hints: readonly Hint[]): readonly Span[] =>
  hints.flatMap(([key, label]) => [span(` ${key}`, "accent"), span(` ${label} `, "dim")]);

/** As many hints as fit whole. */
function hintLine(state: DashboardState, hints: readonly Hint[], width: number): Line {
  const fitting = hints.filter((_, index) => lineWidth(hintSpans(hints.slice(0, index + 1))) <= width);
  return fitLine(hintSpans(fitting), width, state.glyphs.ellipsis);
}

import type { ActionId } from "../state/binding.ts";
import { type DashboardState, factsOf, type InputPurpose } from "../state/dashboard-state.ts";
import { keyName } from "../state/key-name.ts";
import { keymap } from "../state/keymap.ts";
import { chosenRow } from "../state/move-data.ts";
import { dataBusy } from "../state/perform-data.ts";
import { isRunning } from "../state/service-facts.ts";
import { fitLine, type Line, lineWidth, type Span, span, spread } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";

/** The keys that matter now: those of an open question, of what lies over the screen, or of the side with the focus. */
export function footerLine(state: DashboardState, width: number): Line {
  const { overlay } = state;
  if (overlay?.kind === "leaving") return hintLine(state, leavingHints, width);
  if (overlay?.kind === "confirm" || overlay?.kind === "ask")
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
        ["Enter", inputEnds[overlay.purpose]],
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
  if (state.tab !== "services") return hintLine(state, bindingHints(state, tabActions(state)), width);
  return state.focus === "log" ? hintLine(state, bindingHints(state, logActions), width) : servicesFooter(state, width);
}

const inputEnds: Readonly<Record<InputPurpose, string>> = {
  search: "find",
  filter: "keep",
  "request-filter": "keep",
  "snapshot-name": "save",
  "branch-name": "begin",
};

const leavingHints: readonly Hint[] = [
  ["d", "detach"],
  ["s", "stop"],
  ["k", "kill"],
  ["Esc", "stay"],
];

type Hint = readonly [key: string, label: string];

const serviceActions: readonly ActionId[] = ["restart", "stop-or-start", "open", "shell", "why", "debug"];
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

/** What can be done in a tab, and to the row under its cursor, best first. */
function tabActions(state: DashboardState): readonly ActionId[] {
  switch (state.tab) {
    case "data":
      return [...(state.busy.has(dataBusy) ? (["cancel"] as const) : []), ...rowActions(state), "keys", "detach"];
    case "requests":
      return ["enter", "request-filter", "follow", "keys", "detach"];
    case "certificates":
      return ["renew", "keys", "detach"];
    default:
      return ["keys", "detach"];
  }
}

function rowActions(state: DashboardState): readonly ActionId[] {
  const row = chosenRow(state);
  switch (row?.kind) {
    case "dataset":
      return ["seed", "seed-again", "save"];
    case "snapshot":
      return ["restore", "remove", "save"];
    case "backup":
      return ["verify", "restore", "back-up"];
    case "branch":
      return ["switch-branch", "new-branch", ...(row.branch.isGone ? (["prune"] as const) : [])];
    default:
      return ["save", "seed", "new-branch", "back-up"];
  }
}

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

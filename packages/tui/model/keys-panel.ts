import type { Binding } from "../state/binding.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { tabOf } from "../state/find-binding.ts";
import { keyName } from "../state/key-name.ts";
import { keymap } from "../state/keymap.ts";
import { type Line, lineWidth, span } from "../text/line.ts";
import type { Panel } from "./panel.ts";

const groups = [
  ["service", "Services: the chosen one"],
  ["log", "Services: the log"],
  ["screen", "The screen"],
  ["data", "Data"],
  ["requests", "Requests"],
  ["certificates", "Certificates"],
] as const;
const keyWidth = 16;

/** Every key and what it does, from the keymap. */
export function keysPanel(state: DashboardState, width: number): Panel {
  const isUtf8 = state.glyphs.isUtf8;
  const block = (group: Binding["group"], title: string): readonly Line[] => [
    [span(title, "strong")],
    ...keymap
      .filter((each) => each.group === group)
      .map((each): Line => [span(namesOf(each, isUtf8).padEnd(keyWidth), "accent"), span(each.help)]),
    [],
  ];
  // What counts here and now comes first.
  const isHere = ([group]: (typeof groups)[number]): boolean => group !== "screen" && tabOf[group] === state.tab;
  const order = [...groups.filter(isHere), ...groups.filter((each) => !isHere(each))];
  const blocks = order.map(([group, title]) => block(group, title));
  const lines = width >= 130 ? beside(blocks, width) : blocks.flat();
  return { title: [span("Keys", "accent")], length: lines.length, row: (index) => lines[index] ?? [] };
}

const namesOf = (binding: Binding, isUtf8: boolean): string =>
  binding.keys.map((key) => keyName(key, isUtf8)).join(" ");

/** In two columns of much the same length, no group divided. */
function beside(blocks: readonly (readonly Line[])[], width: number): readonly Line[] {
  const half = blocks.flat().length / 2;
  let rows = 0;
  const left: Line[] = [];
  const right: Line[] = [];
  for (const block of blocks) {
    (rows < half - block.length / 2 ? left : right).push(...block);
    rows += block.length;
  }
  const column = width >> 1;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const line = left[index] ?? [];
    return [...line, span(" ".repeat(Math.max(1, column - lineWidth(line)))), ...(right[index] ?? [])];
  });
}

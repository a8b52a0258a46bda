import type { DashboardState } from "../state/dashboard-state.ts";
import { type Binding, keymap, keyName } from "../state/keymap.ts";
import { type Line, span } from "../text/line.ts";
import type { Panel } from "./panel.ts";

const groups = [
  ["service", "The chosen service"],
  ["log", "The log"],
  ["screen", "The screen"],
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
  const blocks = groups.map(([group, title]) => block(group, title));
  const lines = width >= 130 ? beside(blocks, width) : blocks.flat();
  return { title: [span("Keys", "accent")], length: lines.length, row: (index) => lines[index] ?? [] };
}

const namesOf = (binding: Binding, isUtf8: boolean): string =>
  binding.keys.map((key) => keyName(key, isUtf8)).join(" ");

/** The last two groups in two columns, the first one above the second. */
function beside(blocks: readonly (readonly Line[])[], width: number): readonly Line[] {
  const left = [...(blocks[0] ?? []), ...(blocks[1] ?? [])];
  const right = blocks[2] ?? [];
  const half = width >> 1;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const line = left[index] ?? [];
    const used = line.reduce((sum, each) => sum + each.text.length, 0);
    return [...line, span(" ".repeat(Math.max(1, half - used))), ...(right[index] ?? [])];
  });
}

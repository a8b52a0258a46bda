import type { ActionId } from "./binding.ts";
import { type DashboardState, factsOf, listOrder } from "./dashboard-state.ts";
import { isIn } from "./find-binding.ts";
import { fuzzyScore } from "./fuzzy-match.ts";
import { keymap } from "./keymap.ts";
import { isRunning } from "./service-facts.ts";

/** One line of the palette. */
export interface Command {
  readonly id: ActionId | "select";
  readonly service: string | undefined;
  /** What is matched and shown: `restart api`. */
  readonly text: string;
  /** The key that does the same on the chosen service; empty where there is none. */
  readonly key: string;
}

/** The commands that answer a query, best first; all of them, those of the chosen service first, when it is empty. */
export function findCommands(state: DashboardState, query: string): readonly Command[] {
  const scored = commandsOf(state).flatMap((command) => {
    const score = fuzzyScore(command.text, query);
    return score === undefined ? [] : [{ command, score }];
  });
  if (query.trim() !== "") scored.sort((a, b) => b.score - a.score);
  return scored.map((each) => each.command);
}

function commandsOf(state: DashboardState): readonly Command[] {
  const order = listOrder(state);
  const first = order.filter((name) => name === state.selected);
  const names = [...first, ...order.filter((name) => name !== state.selected)];
  const general = keymap
    .filter((each) => each.group !== "service" && !each.isMove && isIn(each, state.tab))
    .map((each) => ({ id: each.id, service: undefined, text: each.help, key: each.keys[0] ?? "" }));
  const chosen = first.flatMap((name) => serviceCommands(state, name));
  const others = names.slice(first.length).flatMap((name) => serviceCommands(state, name));
  return [...chosen, ...general, ...others];
}

function serviceCommands(state: DashboardState, name: string): readonly Command[] {
  const isStopped = !isRunning(factsOf(state, name)?.instances ?? []);
  const actions = keymap
    .filter((each) => each.group === "service")
    .map((each) => ({
      id: each.id,
      service: name,
      text: `${each.id === "stop-or-start" && isStopped ? "start" : each.label} ${name}`,
      key: name === state.selected ? (each.keys[0] ?? "") : "",
    }));
  return [
    ...actions,
    { id: "select", service: name, text: `log of ${name}`, key: name === state.selected ? "<enter>" : "" },
  ];
}

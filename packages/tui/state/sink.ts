import { type DashboardState, factsOf } from "./dashboard-state.ts";

/** Lists one-shots that are done last, and those that run again in their place; but what the cursor is on stays where it is. */
export function sink(state: DashboardState): DashboardState {
  const oneShots = (state.session?.services ?? []).filter((each) => each.isOneShot).map((each) => each.name);
  const belongsDown = (name: string): boolean =>
    name === state.selected ? state.sunk.has(name) : factsOf(state, name)?.state === "done";
  const down = oneShots.filter(belongsDown);
  const isSame = down.length === state.sunk.size && down.every((name) => state.sunk.has(name));
  return isSame ? state : { ...state, sunk: new Set(down) };
}

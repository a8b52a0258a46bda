import { type DashboardState, listOrder } from "./dashboard-state.ts";

/** Moves the cursor in the list; it stays at the ends. */
export function moveSelection(state: DashboardState, by: number): DashboardState {
  const order = listOrder(state);
  const index = order.indexOf(state.selected ?? "");
  return selectService(state, order[Math.min(order.length - 1, Math.max(0, index + by))]);
}

/** Puts the cursor on a service. A log of the chosen service follows it, from its end. */
export function selectService(state: DashboardState, name: string | undefined): DashboardState {
  if (name === undefined || name === state.selected) return state;
  const log: DashboardState["log"] =
    state.log.scope === "all" ? state.log : { ...state.log, position: "follow", cursor: undefined };
  return { ...state, selected: name, log };
}

/** The log of the chosen service alone, with the cursor on its side. */
export const showServiceLog = (state: DashboardState): DashboardState => ({
  ...state,
  focus: "log",
  log: { ...state.log, scope: "selected", position: "follow", cursor: undefined },
});

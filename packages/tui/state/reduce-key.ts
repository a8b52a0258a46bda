import type { DashboardState } from "./dashboard-state.ts";
import { bindingOf } from "./find-binding.ts";
import { type Reduced, reduced } from "./happening.ts";
import { overlayKey } from "./overlay-key.ts";
import { perform } from "./perform.ts";

/** The state after a key. What was said in answer to the key before is forgotten. */
export function reduceKey(before: DashboardState, key: string): Reduced {
  const state: DashboardState = { ...before, message: undefined, notice: undefined };
  if (key === "<ctrl-c>") return interrupt(state);
  if (state.overlay) return overlayKey(state, state.overlay, key);
  const binding = bindingOf(key, state.tab);
  return binding ? perform(state, binding.id, state.selected) : reduced(state);
}

/** The first one asks, the second one stops, the third one kills, while the screen is still there. Without a supervisor there is nothing to ask. */
function interrupt(state: DashboardState): Reduced {
  if (state.connection.kind === "lost") return reduced(state, { kind: "leave", reason: "supervisor-ended" });
  if (state.overlay?.kind !== "leaving") return reduced({ ...state, overlay: { kind: "leaving", isStopping: false } });
  if (state.overlay.isStopping) return reduced(state, { kind: "leave", reason: "kill" });
  return reduced({ ...state, overlay: { kind: "leaving", isStopping: true } }, { kind: "leave", reason: "stop" });
}

import type { DashboardState } from "./dashboard-state.ts";
import type { Effect } from "./effect.ts";
import { type Reduced, reduced } from "./happening.ts";
import { begin } from "./perform-data.ts";

/** Does what a question was asked for. */
export function answerYes(state: DashboardState, effect: Effect): Reduced {
  switch (effect.kind) {
    case "seed":
    case "save":
    case "restore":
    case "remove":
    case "switch-branch":
    case "prune":
    case "back-up":
    case "verify":
    case "restore-backup":
      return begin(state, effect);
    default:
      return reduced(state, effect);
  }
}

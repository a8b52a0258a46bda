import type { DashboardState } from "./dashboard-state.ts";
import type { Effect } from "./effect.ts";
import { type Reduced, reduced } from "./happening.ts";
import type { TabId } from "./tabs.ts";

/** Goes to a tab; what it shows is read anew where it is not told by events. */
export function showTab(state: DashboardState, tab: TabId): Reduced {
  if (tab === state.tab) return reduced(state);
  return reduced({ ...state, tab, scroll: 0 }, ...readsOf(tab));
}

/** What a tab has to ask for. */
export function readsOf(tab: TabId): readonly Effect[] {
  if (tab === "data") return [{ kind: "read-data" }, { kind: "read-backups" }];
  return tab === "requests" || tab === "certificates" ? [{ kind: "read-edge" }] : [];
}

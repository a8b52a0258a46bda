import type { DashboardState } from "./dashboard-state.ts";
import type { Happening } from "./happening.ts";

/** Where things are reached now. Once the stack is up, and there is nothing else to say, how browsers come to trust the address is said, once. */
export function withUrls(before: DashboardState, happening: Extract<Happening, { kind: "urls" }>): DashboardState {
  const { main, urls, isTrusted } = happening;
  const state = { ...before, mainUrl: main, urls };
  if (main === undefined || isTrusted !== false || state.isTrustTold || !state.up || state.notice) return state;
  return {
    ...state,
    isTrustTold: true,
    notice: {
      kind: "notice",
      at: state.now,
      level: "info",
      message: `Browsers do not trust ${main} yet:`,
      hint: "`dev trust` lets them, and shows first what it will do.",
    },
  };
}

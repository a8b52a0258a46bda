import type { DashboardState } from "./dashboard-state.ts";
import type { Effect } from "./effect.ts";
import { type Happening, type Reduced, reduced } from "./happening.ts";
import { withRead } from "./move-data.ts";
import { reduceEvent } from "./reduce-event.ts";
import { reduceKey } from "./reduce-key.ts";
import { readsOf } from "./show-tab.ts";
import { sink } from "./sink.ts";
import { withUrls } from "./with-urls.ts";

/** The screen's state after something happened. Pure, but for the log store, which it only reads. */
export function reduce(state: DashboardState, happening: Happening): Reduced {
  const applied = apply(state, happening);
  return { ...applied, state: sink(applied.state) };
}

function apply(state: DashboardState, happening: Happening): Reduced {
  switch (happening.kind) {
    case "event":
      return reduceEvent(state, happening.event);
    case "key":
      return reduceKey(state, happening.key);
    case "resize":
      return reduced({ ...state, size: happening.size });
    case "urls":
      return reduced(withUrls(state, happening));
    case "explained":
      return reduced(withExplained(state, happening));
    case "acted":
      return reduced(withActed(state, happening), ...after(state, happening.service));
    case "data":
      return reduced(withData(state, happening));
    case "backups": {
      const { list = state.data.backups, error } = happening;
      return reduced(withRead(state, { backups: list, backupsError: error }));
    }
    case "edge": {
      const { overview = state.edge.overview, error } = happening;
      return reduced({ ...state, edge: { overview, error } });
    }
    case "older":
      return reduced({ ...state, log: { ...state.log, isReadingOlder: false } });
    case "lost":
      return reduced({ ...state, connection: { kind: "lost", error: happening.error }, busy: new Map() });
  }
}

/** What is not told by events is read anew after what may have changed it. */
function after(state: DashboardState, name: string): readonly Effect[] {
  return name.startsWith("@") ? readsOf(state.tab) : [];
}

function withData(state: DashboardState, { overview, error }: Extract<Happening, { kind: "data" }>): DashboardState {
  const read = { isReading: false, readAt: state.now };
  if (overview) return withRead(state, { ...read, overview, error: undefined });
  return { ...state, data: { ...state.data, ...read, error } };
}

function withExplained(state: DashboardState, happening: Extract<Happening, { kind: "explained" }>): DashboardState {
  const { overlay } = state;
  if (overlay?.kind !== "why" || overlay.service !== happening.service) return state;
  const others = overlay.explanations.filter((each) => each.number !== happening.explained.number);
  const explanations = [...others, happening.explained].sort((a, b) => a.number - b.number);
  return { ...state, overlay: { ...overlay, explanations } };
}

function withActed(state: DashboardState, happening: Extract<Happening, { kind: "acted" }>): DashboardState {
  const busy = new Map(state.busy);
  busy.delete(happening.service);
  return { ...state, busy, message: { text: happening.text, isError: happening.isError } };
}

import type { LogEntry } from "../logs/log-buffer.ts";
import { findEntry } from "../logs/log-search.ts";
import { isAtStart, type LogPosition, reveal, scrollBy, startPosition, windowRows } from "../logs/log-window.ts";
import type { DashboardState } from "./dashboard-state.ts";
import { type Reduced, reduced } from "./happening.ts";
import { logLayoutOf } from "./layout.ts";

/** Scrolls by pages, up where negative. At the oldest line kept, older ones are asked for. */
export function scrollLog(state: DashboardState, pages: number): Reduced {
  const layout = logLayoutOf(state);
  const position = scrollBy(state.logs.shown, state.log.position, layout, pages * Math.max(1, layout.height - 1));
  const rows = windowRows(state.logs.shown, position, layout);
  const cursor = position === "follow" ? undefined : (pages < 0 ? rows[0] : rows.at(-1))?.entry.order;
  return askForOlder(at(state, position, cursor));
}

/** The oldest line kept; there, older ones are asked for. */
export function toOldest(state: DashboardState): Reduced {
  const first = state.logs.shown.at(0);
  return askForOlder(at(state, startPosition(state.logs.shown), first?.order));
}

/** Moves the cursor by lines; past the newest it follows again. */
export function moveCursor(state: DashboardState, by: number): Reduced {
  const log = state.logs.shown;
  const index = cursorIndex(state) + by;
  if (index >= log.length) return reduced(at(state, "follow", undefined));
  const order = log.at(Math.max(0, index))?.order;
  if (order === undefined) return reduced(state);
  const moved = at(state, reveal(log, state.log.position, logLayoutOf(state), order), order);
  return index < 0 ? askForOlder(moved) : reduced(moved);
}

/** Opens the entry under the cursor. */
export function openEntry(state: DashboardState): DashboardState {
  const entry = state.logs.shown.at(cursorIndex(state));
  return entry ? { ...state, overlay: { kind: "entry", entry, scroll: 0 } } : state;
}

/** Goes to the nearest line that has what is searched for, or says that there is none. */
export function jumpToMatch(state: DashboardState, direction: "older" | "newer"): DashboardState {
  const { search, cursor, position } = state.log;
  if (search === "") return { ...state, message: { text: "nothing is searched for yet: / searches", isError: false } };
  const from = cursor ?? Number.MAX_SAFE_INTEGER;
  const found = findEntry(state.logs.shown, search, from, direction);
  if (!found) return { ...state, message: { text: `no ${direction} line here has "${search}"`, isError: false } };
  const moved = at(state, reveal(state.logs.shown, position, logLayoutOf(state), found.order), found.order);
  return { ...moved, focus: "log" };
}

/** The entry under the cursor: the newest while nothing else was chosen. */
export function cursorEntry(state: DashboardState): LogEntry | undefined {
  return state.logs.shown.at(cursorIndex(state));
}

function cursorIndex(state: DashboardState): number {
  const log = state.logs.shown;
  const { cursor } = state.log;
  return cursor === undefined ? log.length - 1 : Math.min(log.indexOf(cursor), log.length - 1);
}

const at = (state: DashboardState, position: LogPosition, cursor: number | undefined): DashboardState => ({
  ...state,
  log: { ...state.log, position, cursor },
});

function askForOlder(state: DashboardState): Reduced {
  if (!isAtStart(state.logs.shown, state.log.position, logLayoutOf(state))) return reduced(state);
  if (state.log.isReadingOlder || state.connection.kind !== "live") return reduced(state);
  const all = state.session?.services.map((each) => each.name) ?? [];
  const services = state.log.scope === "all" ? all : all.filter((name) => name === state.selected);
  return reduced({ ...state, log: { ...state.log, isReadingOlder: true } }, { kind: "read-older", services });
}

import { hasText, type RequestFacts, requestFacts } from "../requests/request-facts.ts";
import type { RequestEntry, RequestStore } from "../requests/request-store.ts";
import type { DashboardState } from "./dashboard-state.ts";

// What is known of an entry does not change: another one takes its place.
const known = new WeakMap<RequestEntry, RequestFacts>();

/** What a row says of a request. */
export function factsOfRequest(state: DashboardState, entry: RequestEntry): RequestFacts {
  const found = known.get(entry);
  if (found) return found;
  const replicasOf = (service: string): number =>
    state.session?.services.find(({ name }) => name === service)?.replicas ?? 1;
  const facts = requestFacts(entry, replicasOf);
  known.set(entry, facts);
  return facts;
}

const filtered = new WeakMap<RequestStore, { version: number; filter: string; entries: readonly RequestEntry[] }>();

/** The requests that pass the filter, the newest first. */
export function shownRequests(state: DashboardState): readonly RequestEntry[] {
  const { requests } = state;
  const { filter } = state.requestView;
  if (filter === "") return requests.entries;
  const before = filtered.get(requests);
  if (before?.version === requests.version && before.filter === filter) return before.entries;
  const entries = requests.entries.filter((entry) => hasText(factsOfRequest(state, entry), filter));
  filtered.set(requests, { version: requests.version, filter, entries });
  return entries;
}

/** Where the list stands: the index of its first row on the screen, and of the one under the cursor. */
export function requestPlace(
  { requestView: { cursor, top } }: DashboardState,
  shown: readonly RequestEntry[],
  rows: number,
): { readonly start: number; readonly cursor: number } {
  const last = Math.max(0, shown.length - 1);
  const at = (order: number | undefined): number => {
    if (order === undefined) return 0;
    const index = shown.findIndex((entry) => entry.order <= order);
    return index < 0 ? last : index;
  };
  const chosen = Math.min(last, at(cursor));
  // Rows at the end may stay empty: to fill them would move what is read.
  const start = at(top);
  return { start, cursor: Math.min(Math.max(chosen, start), start + Math.max(0, rows - 1)) };
}

import { hasText, type RequestFacts, requestFacts } from "../requests/request-facts.ts";
import type { RequestEntry } from "../requests/request-store.ts";
import type { DashboardState } from "./dashboard-state.ts";

/** A request with what its row says. */
export interface ShownRequest {
  readonly entry: RequestEntry;
  readonly facts: RequestFacts;
}

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

/** The requests that pass the filter, the newest first. */
export function shownRequests(state: DashboardState): readonly ShownRequest[] {
  const all = state.requests.entries.map((entry) => ({ entry, facts: factsOfRequest(state, entry) }));
  const { filter } = state.requestView;
  return filter === "" ? all : all.filter(({ facts }) => hasText(facts, filter));
}

/** Where the list stands: the index of its first row on the screen, and of the one under the cursor. */
export function requestPlace(
  { requestView: { cursor, top } }: DashboardState,
  shown: readonly ShownRequest[],
  rows: number,
): { readonly start: number; readonly cursor: number } {
  const last = Math.max(0, shown.length - 1);
  const at = (order: number | undefined): number => {
    if (order === undefined) return 0;
    const index = shown.findIndex(({ entry }) => entry.order <= order);
    return index < 0 ? last : index;
  };
  const chosen = Math.min(last, at(cursor));
  const start = Math.min(at(top), Math.max(0, shown.length - rows));
  return { start, cursor: Math.min(Math.max(chosen, start), start + Math.max(0, rows - 1)) };
}

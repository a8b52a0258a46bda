import type { RouteOverview } from "@drydock/session";
import type { RequestStore } from "../requests/request-store.ts";
import { type RouteTraffic, routeTraffic } from "../requests/route-traffic.ts";
import type { DashboardState } from "./dashboard-state.ts";
import { factsOfRequest } from "./shown-requests.ts";

interface Known {
  readonly version: number;
  readonly now: number;
  readonly routes: readonly RouteOverview[];
  readonly traffic: readonly RouteTraffic[];
}

const none: readonly RouteOverview[] = [];
// A minute's numbers need not be new in every frame while requests flood in.
const freshMs = 500;
const few = 200;

const known = new WeakMap<RequestStore, Known>();

/** The stack's routes with what came to them lately. */
export function routesOf(state: DashboardState): readonly RouteTraffic[] {
  const { requests, now } = state;
  const routes = state.edge.overview?.routes ?? none;
  const before = known.get(requests);
  if (before && before.routes === routes && isFresh(before, requests, now)) return before.traffic;
  const facts = requests.entries.map((entry) => factsOfRequest(state, entry));
  const traffic = routeTraffic(routes, facts, now);
  known.set(requests, { version: requests.version, now, routes, traffic });
  return traffic;
}

function isFresh(before: Known, { version, entries }: RequestStore, now: number): boolean {
  if (before.version === version) return now - before.now < freshMs;
  return entries.length > few && now - before.now < freshMs;
}

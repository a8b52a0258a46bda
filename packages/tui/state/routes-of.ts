import { type RoutedRequest, type RouteTraffic, routeTraffic } from "../requests/route-traffic.ts";
import type { DashboardState } from "./dashboard-state.ts";
import { factsOfRequest } from "./shown-requests.ts";

/** The stack's routes with what came to them lately. */
export function routesOf(state: DashboardState): readonly RouteTraffic[] {
  const requests = state.requests.entries.map(
    (entry): RoutedRequest => ({ ...factsOfRequest(state, entry), proxy: entry.hops[0]?.proxy }),
  );
  return routeTraffic(state.edge.overview?.routes ?? [], requests, state.now);
}

import type { RouteOverview } from "@drydock/session";
import type { RequestFacts } from "./request-facts.ts";

const windowMs = 60_000;

/** A way into the stack, and how what came that way was answered lately. */
export interface RouteTraffic {
  /** `shop.localhost/api/`; of what did not come through the front, the proxy's name. */
  readonly route: string;
  /** `api:3000`; for the part of a route that one service behind another proxy answered: its name. */
  readonly to: string;
  /** It is a part of the route above. */
  readonly isPart: boolean;
  /** Not there: nothing came that is known of. */
  readonly traffic?: Traffic;
}

/** Times in milliseconds. */
export interface Traffic {
  readonly lastStatus: number;
  readonly perMinute: number;
  /** Answers of 500 and above within the last minute. */
  readonly errors: number;
  /** Of the last minute; undefined: nothing came. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** What came to each route within the last minute before `now`, in milliseconds. Requests are given the newest first. */
export function routeTraffic(
  routes: readonly RouteOverview[],
  requests: readonly RequestFacts[],
  now: number,
): readonly RouteTraffic[] {
  const places = inOrder(routes);
  const byRoute = new Map<RouteOverview, RequestFacts[]>();
  const direct = new Map<string, RequestFacts[]>();
  for (const request of requests) {
    const route = request.proxy === undefined ? routeOf(places, request) : undefined;
    if (route) add(byRoute, route, request);
    else if (request.proxy !== undefined) add(direct, request.proxy, request);
  }
  return [
    ...routes.flatMap((route) => {
      const own = byRoute.get(route) ?? [];
      const whole = { route: `${route.host}${route.path}`, to: route.to, isPart: false };
      return [withTraffic(whole, own, now), ...parts(route.to, own, now)];
    }),
    ...[...direct].flatMap(([proxy, own]) => [
      withTraffic({ route: `${proxy} itself`, to: proxy, isPart: false }, own, now),
      ...parts(proxy, own, now),
    ]),
  ];
}

/**
 * The route that the front takes for a request to a host: the exact path, else the longest that it begins with (nginx, location).
 */
function routeOf(routes: ReadonlyMap<string, readonly RouteOverview[]>, { host, path }: RequestFacts) {
  return routes.get(host)?.find((route) => (route.isExact ? route.path === path : path.startsWith(route.path)));
}

/** By host, in the order in which they are looked for. */
function inOrder(routes: readonly RouteOverview[]): ReadonlyMap<string, readonly RouteOverview[]> {
  const sorted = [...routes].sort((a, b) => Number(b.isExact) - Number(a.isExact) || b.path.length - a.path.length);
  return new Map(routes.map(({ host }) => [host, sorted.filter((route) => route.host === host)]));
}

/** Where a route leads to a proxy, the services behind it. */
function parts(to: string, requests: readonly RequestFacts[], now: number): readonly RouteTraffic[] {
  const first = to.replace(/:\d+$/, "");
  const byService = new Map<string, RequestFacts[]>();
  for (const request of requests)
    if (request.service !== first && request.service !== "") add(byService, request.service, request);
  return [...byService]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([service, own]) => withTraffic({ route: "", to: service, isPart: true }, own, now));
}

function withTraffic(
  route: Omit<RouteTraffic, "traffic">,
  requests: readonly RequestFacts[],
  now: number,
): RouteTraffic {
  const [last] = requests;
  if (!last) return route;
  const recent = requests.filter(({ at }) => at > now - windowMs);
  // A stream of events, or a WebSocket, lasts as long as its page is open: that is no latency.
  const answered = recent.filter(({ status }) => status !== 499 && status !== 101);
  const times = answered.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return {
    ...route,
    traffic: {
      lastStatus: last.status,
      perMinute: recent.length,
      errors: recent.filter(({ status }) => status >= 500).length,
      p50Ms: percentile(times, 0.5),
      p95Ms: percentile(times, 0.95),
    },
  };
}

/** The smallest value that so large a share is not above (nearest rank). */
const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];

function add<K>(map: Map<K, RequestFacts[]>, key: K, request: RequestFacts): void {
  const list = map.get(key);
  if (list) list.push(request);
  else map.set(key, [request]);
}

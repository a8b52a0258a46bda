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

/** One request as far as routes are concerned. `proxy`: it came to this service, not through the front. */
export interface RoutedRequest extends RequestFacts {
  readonly proxy: string | undefined;
}

/** What came to each route within the last minute before `now`, in milliseconds. Requests are given the newest first. */
export function routeTraffic(
  routes: readonly RouteOverview[],
  requests: readonly RoutedRequest[],
  now: number,
): readonly RouteTraffic[] {
  const byRoute = new Map<RouteOverview, RoutedRequest[]>();
  const direct = new Map<string, RoutedRequest[]>();
  for (const request of requests) {
    const route = request.proxy === undefined ? routeOf(routes, request) : undefined;
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

/** The route that the front takes for a request: the exact path, else the longest that it begins with (nginx, location). */
function routeOf(routes: readonly RouteOverview[], { host, uri }: RequestFacts): RouteOverview | undefined {
  const path = uri.replace(/[?#].*$/s, "");
  const own = routes.filter((route) => route.host === host);
  const exact = own.find((route) => route.isExact && route.path === path);
  if (exact) return exact;
  return own
    .filter((route) => !route.isExact && path.startsWith(route.path))
    .reduce<RouteOverview | undefined>((a, b) => (a && a.path.length >= b.path.length ? a : b), undefined);
}

/** Where a route leads to a proxy, the services behind it. */
function parts(to: string, requests: readonly RoutedRequest[], now: number): readonly RouteTraffic[] {
  const first = to.replace(/:\d+$/, "");
  const byService = new Map<string, RoutedRequest[]>();
  for (const request of requests)
    if (request.service !== first && request.service !== "") add(byService, request.service, request);
  return [...byService]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([service, own]) => withTraffic({ route: "", to: service, isPart: true }, own, now));
}

function withTraffic(
  route: Omit<RouteTraffic, "traffic">,
  requests: readonly RoutedRequest[],
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

function add<K>(map: Map<K, RoutedRequest[]>, key: K, request: RoutedRequest): void {
  const list = map.get(key);
  if (list) list.push(request);
  else map.set(key, [request]);
}

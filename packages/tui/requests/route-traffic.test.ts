import { expect, test } from "vitest";
import type { RequestFacts } from "./request-facts.ts";
import { routeTraffic } from "./route-traffic.ts";

const route = (path: string, to: string, isExact = false) => ({
  host: "shop.localhost",
  path,
  isExact,
  to,
  isService: true,
});
const routes = [route("/", "web:3000"), route("/api/", "proxy:80"), route("/api/health", "api:3000", true)];
const now = 100_000;
const request = (path: string, more: Partial<RequestFacts> = {}): RequestFacts => ({
  at: now - 1_000,
  status: 200,
  durationMs: 10,
  method: "GET",
  host: "shop.localhost",
  uri: path,
  path,
  proxy: undefined,
  service: "web",
  label: "web",
  ...more,
});

test("a request is counted where the front sends it: the exact path, else the longest beginning", () => {
  const all = [request("/"), request("/apix"), request("/api/a"), request("/api/health"), request("/api/health/b")];
  const traffic = routeTraffic(routes, all, now).filter(({ isPart }) => !isPart);
  expect(traffic.map(({ route: name, traffic: own }) => [name, own?.perMinute])).toEqual([
    ["shop.localhost/", 2],
    ["shop.localhost/api/", 2],
    ["shop.localhost/api/health", 1],
  ]);
});

test("a route to a proxy is told in parts, by the services behind it", () => {
  const all = [request("/api/a", { service: "api", status: 500 }), request("/api/b", { service: "web" })];
  expect(routeTraffic(routes.slice(1, 2), all, now)).toMatchObject([
    { route: "shop.localhost/api/", isPart: false, traffic: { perMinute: 2, errors: 1, lastStatus: 500 } },
    { to: "api", isPart: true, traffic: { perMinute: 1, errors: 1 } },
    { to: "web", isPart: true, traffic: { perMinute: 1, errors: 0 } },
  ]);
});

test("percentiles are of the last minute, without streams that ended with their page", () => {
  const answers = Array.from({ length: 100 }, (_, index) => request("/", { durationMs: index + 1 }));
  const stream = request("/", { status: 499, durationMs: 60_000 });
  const old = request("/", { at: now - 61_000, durationMs: 9_000 });
  const [first] = routeTraffic(routes, [stream, ...answers, old], now);
  expect(first?.traffic).toEqual({ lastStatus: 499, perMinute: 101, errors: 0, p50Ms: 50, p95Ms: 95 });
});

test("what came to a proxy past the front has a row of its own, and a route without requests says nothing", () => {
  const direct = request("/x", { proxy: "proxy", service: "api", host: "" });
  const rows = routeTraffic(routes.slice(0, 1), [direct], now);
  expect(rows.map(({ route: name, to }) => `${name} ${to}`)).toEqual([
    "shop.localhost/ web:3000",
    "proxy itself proxy",
    " api",
  ]);
  expect(rows[0]?.traffic).toBeUndefined();
});

import type { FrontPlan, FrontRoute, FrontService } from "./front-plan.ts";

/** A front with two sites; tests change what they are about. */
export function testPlan(changes: Partial<FrontPlan> = {}): FrontPlan {
  return {
    version: "1.30.0",
    listen: ["127.0.0.1:8443"],
    plainListen: [],
    certificate: "/shop/.dev/front/front.pem",
    key: "/shop/.dev/front/front.pem",
    accessLog: "/dev/stdout",
    sites: [{ hosts: ["shop.localhost"], routes: [testRoute("/", testService("web", 3000))] }],
    generation: undefined,
    resolver: undefined,
    ...changes,
  };
}

export function testRoute(path: string, answer: FrontRoute["answer"], changes: Partial<FrontRoute> = {}): FrontRoute {
  return { path, isExact: false, answer, headers: {}, ...changes };
}

export function testService(name: string, port: number, changes: Partial<FrontService> = {}): FrontService {
  return {
    kind: "service",
    upstream: { name, scheme: "http", servers: [{ host: "127.0.0.1", port }], balance: "round-robin" },
    rewrite: undefined,
    timeoutMs: undefined,
    tries: undefined,
    requestHeaders: {},
    maxBodyBytes: undefined,
    perSecond: undefined,
    unavailable: undefined,
    ...changes,
  };
}

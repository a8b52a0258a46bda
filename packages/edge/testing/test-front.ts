import { join } from "node:path";
import type { FrontPlan, FrontRoute, FrontService } from "@drydock/nginx";

/** Where the parts of the front under test are. */
export interface FrontPlaces {
  readonly port: number;
  readonly plainPort: number;
  /** Nothing listens there. */
  readonly dead: number;
  readonly first: number;
  readonly second: number;
  readonly echo: number;
  /** Has the certificate of the name, and files. */
  readonly folder: string;
}

/** The host name of the front under test. */
export const frontName = "shop.test";

/** A front with every kind of route. */
export function testFront({ port, plainPort, dead, first, second, echo, folder }: FrontPlaces): FrontPlan {
  const routes: readonly FrontRoute[] = [
    route("/", service("web", [first])),
    route(
      "/api/",
      {
        ...service("web", [first]),
        rewrite: "/v1/",
        requestHeaders: { "X-Tenant": "blue green" },
        maxBodyBytes: 64,
      },
      { headers: { "Cache-Control": "no-store" } },
    ),
    route("/old", { kind: "redirect", to: "/new", status: 301 }, { isExact: true }),
    route("/files/", { kind: "folder", directory: folder, fallback: undefined }),
    route("/closed", { kind: "unavailable", text: "Back at nine." }),
    route("/pair/", service("pair", [dead, second])),
    route("/away/", service("away", [dead])),
    route("/socket/", service("echo", [echo])),
    route("/slow/", { ...service("web", [first]), perSecond: 1 }),
  ];
  return {
    // Both take the words of the oldest nginx that is supported.
    version: "1.22.1",
    listen: [`127.0.0.1:${port}`],
    plainListen: [`127.0.0.1:${plainPort}`],
    certificate: join(folder, `${frontName}.pem`),
    key: join(folder, `${frontName}.key`),
    accessLog: "off",
    sites: [{ hosts: [frontName], routes }],
    generation: "41-7",
    resolver: undefined,
  };
}

function service(upstream: string, ports: readonly number[]): FrontService {
  const list = ports.map((port) => ({ host: "127.0.0.1", port }));
  return {
    kind: "service",
    upstream: { name: upstream, scheme: "http", servers: list, balance: "round-robin" },
    rewrite: undefined,
    timeoutMs: undefined,
    tries: undefined,
    requestHeaders: {},
    maxBodyBytes: undefined,
    perSecond: undefined,
    unavailable: `The service "${upstream}" does not answer.`,
  };
}

function route(path: string, answer: FrontRoute["answer"], more: Partial<FrontRoute> = {}): FrontRoute {
  return { path, isExact: false, answer, headers: {}, ...more };
}

/** What stands in `http { }`, but for the access log, which the servers under test have already. */
export function insideOfHttp(text: string): string {
  return text.slice(text.indexOf("http {") + 6, text.lastIndexOf("}")).replace(/^ *access_log .*$/m, "");
}

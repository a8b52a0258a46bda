import type { Instance, InstanceState } from "@drydock/core";
import { defaultSettings, type RouteSettings, type Settings } from "@drydock/settings";
import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { planLocalSites } from "./local-place.ts";

const proxy = testService({
  name: "proxy",
  image: "nginx:1.30",
  ports: [{ target: 80, published: "8080", protocol: "tcp" }],
});
const api = testService({ name: "api", expose: [3000], replicas: 2 });
const mongo = testService({ name: "mongo", image: "mongo:8", ports: [{ target: 27017, protocol: "tcp" }] });
const worker = testService({ name: "worker" });
const environment = testEnvironment("/shop", [mongo, api, worker, proxy]);
const host = `${environment.project}.localhost`;

function instance(
  service: string,
  number: number,
  target: number,
  port: number,
  state: InstanceState = "ready",
): Instance {
  const addresses = [{ target, host: "127.0.0.1", port, isPublished: true }];
  return { service, number, id: "1", state, reason: "", addresses, provider: "process", restarts: 0 };
}

const running = [instance("proxy", 1, 80, 8080), instance("api", 1, 3000, 3001), instance("api", 2, 3000, 3002)];
const settingsWith = (routes: readonly RouteSettings[]): Settings => ({ ...defaultSettings, routes });

/** Sites as lines: host, path, and where it leads. */
function lines(settings: Settings, instances: readonly Instance[]): readonly string[] {
  return planLocalSites(environment, settings, instances).sites.flatMap(({ hosts, routes }) =>
    routes.map(({ path, answer }) => {
      const target =
        answer.kind === "service"
          ? answer.upstream.servers.map((server) => `${server.host}:${server.port}`).join(" ") || answer.unavailable
          : answer.kind === "unavailable"
            ? answer.text
            : answer.kind;
      return `${hosts.join(" ")}${path} ${target}`;
    }),
  );
}

test("every web service has its name, the published proxy has the project's too, databases and workers have none", () => {
  expect(lines(defaultSettings, running)).toEqual([
    `${host}/ 127.0.0.1:8080`,
    `api.${host}/ 127.0.0.1:3001 127.0.0.1:3002`,
    `proxy.${host}/ 127.0.0.1:8080`,
  ]);
  const { mainHost, serviceHosts } = planLocalSites(environment, defaultSettings, running);
  expect(mainHost).toBe(host);
  expect([...serviceHosts]).toEqual([
    ["api", [`api.${host}`]],
    ["proxy", [host, `proxy.${host}`]],
  ]);
});

test("instances that are ready take the work; where none is, those that may be in a moment; else it is said that none answers", () => {
  const half = [instance("api", 1, 3000, 3001, "starting"), instance("api", 2, 3000, 3002)];
  expect(lines(defaultSettings, half)).toContain(`api.${host}/ 127.0.0.1:3002`);
  const none = [instance("api", 1, 3000, 3001, "starting"), instance("api", 2, 3000, 3002, "stopped")];
  expect(lines(defaultSettings, none)).toContain(`api.${host}/ 127.0.0.1:3001`);
  expect(lines(defaultSettings, [])).toContain(`api.${host}/ The service "api" does not answer.`);
});

test("routes lead where they say, beside the services' own names; what they cannot is told", () => {
  const route = (path: string, service: string, port?: number): RouteSettings => ({
    host: undefined,
    path,
    isExact: false,
    headers: {},
    answer: {
      kind: "service",
      service,
      port,
      rewrite: undefined,
      timeoutMs: undefined,
      tries: undefined,
      balance: "round-robin",
      requestHeaders: {},
      maxBodyBytes: undefined,
      perSecond: undefined,
    },
  });
  const settings = settingsWith([
    route("/api/", "api"),
    route("/", "proxy", 80),
    route("/x", "appi"),
    route("/w", "worker"),
  ]);
  expect(lines(settings, running)).toEqual([
    `${host}/api/ 127.0.0.1:3001 127.0.0.1:3002`,
    `${host}/ 127.0.0.1:8080`,
    `${host}/x A route leads to "appi", and there is no such service.`,
    `${host}/w A route leads to "worker", which publishes and exposes no port.`,
    `api.${host}/ 127.0.0.1:3001 127.0.0.1:3002`,
    `proxy.${host}/ 127.0.0.1:8080`,
  ]);
  expect(planLocalSites(environment, settings, running).mistakes).toHaveLength(2);
});

test("a service's own port for HTTPS is taken before the others, and spoken to with TLS", () => {
  const both = testService({
    name: "edge",
    ports: [
      { target: 80, protocol: "tcp" },
      { target: 443, protocol: "tcp" },
    ],
  });
  const instances = [
    {
      ...instance("edge", 1, 443, 9443),
      addresses: [
        { target: 80, host: "127.0.0.1", port: 9080, isPublished: true },
        { target: 443, host: "127.0.0.1", port: 9443, isPublished: true },
      ],
    },
  ];
  const [site] = planLocalSites(testEnvironment("/shop", [both]), defaultSettings, instances).sites;
  expect(site?.routes[0]?.answer).toMatchObject({
    upstream: { scheme: "https", servers: [{ host: "127.0.0.1", port: 9443 }] },
  });
});

test("a port for HTTPS that only the image names is not taken: nothing may listen on it", () => {
  const addresses = [
    { target: 443, host: "172.18.0.2", port: 443, isPublished: false },
    { target: 80, host: "172.18.0.2", port: 80, isPublished: false },
  ];
  const silent = testEnvironment("/shop", [testService({ name: "edge", image: "nginx:1.30" })]);
  const [site] = planLocalSites(silent, defaultSettings, [{ ...instance("edge", 1, 80, 80), addresses }]).sites;
  expect(site?.routes[0]?.answer).toMatchObject({
    upstream: { scheme: "http", servers: [{ host: "172.18.0.2", port: 80 }] },
  });
});

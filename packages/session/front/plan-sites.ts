import { isAbsolute, join } from "node:path";
import { type Environment, findService, type HostPort, type Service } from "@drydock/core";
import type { FrontRoute, FrontService, FrontSite } from "@drydock/nginx";
import type { RouteAnswer, RouteSettings, Settings } from "@drydock/settings";
import { isTlsPort } from "./web-ports.ts";

/** What differs between this machine and production: names, addresses, folders. */
export interface FrontPlace {
  /** `shop.localhost`, `shop.example`. */
  readonly domain: string;
  /** What stands at a route's host. */
  hostOf(route: RouteSettings): string;
  /** Where a service's container port answers; empty: nowhere now. */
  serversOf(service: Service, port: number): readonly HostPort[];
  /** Undefined when a service has none that speaks HTTP. */
  portOf(service: Service): number | undefined;
  /** Absolute. */
  folderOf(path: string): string;
  /** Whether a service's pages want the script that reloads them; never, where this is missing. */
  wantsPageScript?(service: Service): boolean;
}

/** The sites of a stack, and what in its routes cannot be. */
export interface PlannedSites {
  readonly sites: readonly FrontSite[];
  readonly mistakes: readonly string[];
}

/**
 * What a front serves: the routes of the settings, and where they are silent, the main service at the domain itself. `ownHosts`: services that
 * have a host of their own besides.
 */
export function planSites(
  environment: Environment,
  { routes }: Settings,
  place: FrontPlace,
  main: Service | undefined,
  ownHosts: ReadonlyMap<string, Service>,
): PlannedSites {
  const mistakes: string[] = [];
  const sites = new Map<string, FrontRoute[]>();
  const add = (host: string, route: FrontRoute) => sites.set(host, [...(sites.get(host) ?? []), route]);
  for (const route of routes) {
    const answer = answerOf(environment, route.answer, place, mistakes);
    const hasPageScript = wantsPageScript(environment, route.answer, place);
    add(place.hostOf(route), {
      path: route.path,
      isExact: route.isExact,
      answer,
      headers: route.headers,
      hasPageScript,
    });
  }
  const wanted = new Map([...(main ? [[place.domain, main] as const] : []), ...ownHosts]);
  for (const [host, service] of wanted) {
    if (sites.has(host)) continue;
    const answer = answerOf(environment, plainRoute(service.name), place, mistakes);
    const hasPageScript = place.wantsPageScript?.(service) === true;
    add(host, { path: "/", isExact: false, answer, headers: {}, hasPageScript });
  }
  return { sites: [...sites].map(([host, list]) => ({ hosts: [host], routes: list })), mistakes };
}

function wantsPageScript(environment: Environment, answer: RouteAnswer, place: FrontPlace): boolean {
  if (!place.wantsPageScript || (answer.kind !== "service" && answer.kind !== "folder")) return false;
  const service = answer.kind === "service" ? findService(environment, answer.service) : undefined;
  return service === undefined || place.wantsPageScript(service);
}

type ServiceAnswer = Extract<RouteAnswer, { kind: "service" }>;

function plainRoute(service: string): ServiceAnswer {
  return {
    kind: "service",
    service,
    port: undefined,
    rewrite: undefined,
    timeoutMs: undefined,
    tries: undefined,
    balance: "round-robin",
    requestHeaders: {},
    maxBodyBytes: undefined,
    perSecond: undefined,
  };
}

function answerOf(
  environment: Environment,
  answer: RouteAnswer,
  place: FrontPlace,
  mistakes: string[],
): FrontRoute["answer"] {
  switch (answer.kind) {
    case "redirect":
      return answer;
    case "maintenance":
      return { kind: "unavailable", text: answer.text };
    case "folder":
      return {
        kind: "folder",
        directory: isAbsolute(answer.folder) ? answer.folder : place.folderOf(answer.folder),
        fallback: answer.fallback,
      };
    case "service":
      return passTo(environment, answer, place, mistakes);
  }
}

function passTo(
  environment: Environment,
  answer: ServiceAnswer,
  place: FrontPlace,
  mistakes: string[],
): FrontRoute["answer"] {
  const refuse = (text: string): FrontRoute["answer"] => {
    mistakes.push(text);
    return { kind: "unavailable", text };
  };
  const service = environment.services.find(({ name }) => name === answer.service);
  if (!service) return refuse(`A route leads to "${answer.service}", and there is no such service.`);
  const port = answer.port ?? place.portOf(service);
  if (port === undefined) return refuse(`A route leads to "${service.name}", which publishes and exposes no port.`);
  const servers = place.serversOf(service, port);
  const text = `The service "${service.name}" does not answer.`;
  const { rewrite, timeoutMs, tries, balance, requestHeaders, maxBodyBytes, perSecond } = answer;
  const routed: FrontService = {
    kind: "service",
    upstream: {
      name: upstreamName(service.name, port, balance),
      scheme: isTlsPort(port) ? "https" : "http",
      servers,
      balance,
    },
    rewrite,
    timeoutMs,
    tries,
    requestHeaders,
    maxBodyBytes,
    perSecond,
    unavailable: text,
  };
  return routed;
}

/** One upstream for each way to share a port's work. */
function upstreamName(service: string, port: number, balance: ServiceAnswer["balance"]): string {
  const name = `${plainName(service)}-${port}`;
  return balance === "round-robin" ? name : `${name}-${balance}`;
}

const plainName = (service: string): string => service.replace(/[^\w-]/g, "-");

/** Whether an upstream's name is one of this service's. */
export function isUpstreamOf(upstream: string, service: string): boolean {
  const [, name] = /^(.+)-\d+(?:-least-connections|-ip-hash)?$/.exec(upstream) ?? [];
  return name === plainName(service);
}

/** A folder of the project on this machine. */
export const folderIn =
  (directory: string) =>
  (path: string): string =>
    join(directory, path);

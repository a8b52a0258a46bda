import { type Environment, type HostPort, type Instance, reloadsItself, type Service } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import { projectHost, routeHost, serviceHost } from "./front-names.ts";
import { type FrontPlace, folderIn, type PlannedSites, planSites } from "./plan-sites.ts";
import { mainService, webPort } from "./web-ports.ts";

/** What a front on this machine serves, and at which host each service is found first. */
export interface LocalSites extends PlannedSites {
  readonly mainHost: string | undefined;
  readonly serviceHosts: ReadonlyMap<string, readonly string[]>;
}

/** The sites of a stack as it runs on this machine now: each web service has a host of its own. Pure. */
export function planLocalSites(
  environment: Environment,
  settings: Settings,
  instances: readonly Instance[],
): LocalSites {
  const { project } = environment;
  const domain = projectHost(project);
  const place: FrontPlace = {
    domain,
    hostOf: ({ host }) => routeHost(host, domain),
    serversOf: (service, port) => serversOf(service, port, instances),
    portOf: (service) => webPort(service, instances),
    folderOf: folderIn(environment.directory),
    // A dev server has a script of its own in its pages: a second one would reload them twice.
    wantsPageScript: (service) => !reloadsItself(service),
  };
  const web = environment.services.filter((service) => webPort(service, instances) !== undefined);
  const ownHosts = new Map<string, Service>();
  for (const service of web) {
    const host = serviceHost(service.name, project);
    if (!ownHosts.has(host)) ownHosts.set(host, service);
  }
  const main = mainService(environment, instances);
  const planned = planSites(environment, settings, place, main, ownHosts);
  const hasMain = planned.sites.some(({ hosts }) => hosts.includes(domain));
  const hosts = [...ownHosts].map(([host, service]) => {
    const isMain = hasMain && service === main && !settings.routes.some(({ host: own }) => own === undefined);
    return [service.name, isMain ? [domain, host] : [host]] as const;
  });
  return { ...planned, mainHost: hasMain ? domain : undefined, serviceHosts: new Map(hosts) };
}

const answering: ReadonlySet<Instance["state"]> = new Set(["ready", "unhealthy", "starting", "restarting"]);

/** Those that are ready; where none is, those that may be in a moment. Published addresses before a container's own. */
function serversOf({ name }: Service, port: number, instances: readonly Instance[]): readonly HostPort[] {
  const own = instances.filter((each) => each.service === name && answering.has(each.state));
  const ready = own.filter(({ state }) => state === "ready");
  return (ready.length > 0 ? ready : own).flatMap(({ addresses }) => {
    const found = addresses.filter(({ target }) => target === port);
    const best = found.find(({ isPublished }) => isPublished) ?? found[0];
    return best ? [{ host: best.host.includes(":") ? `[${best.host}]` : best.host, port: best.port }] : [];
  });
}

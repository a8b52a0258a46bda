import { posix } from "node:path";
import type { Environment } from "@drydock/core";
import type { FrontPlan } from "@drydock/nginx";
import type { Settings } from "@drydock/settings";
import { noDomain } from "./errors.ts";
import { routeHost } from "./front-names.ts";
import { planSites } from "./plan-sites.ts";
import { mainService, webPort } from "./web-ports.ts";

/** A plan, and what in the routes cannot be. */
export interface ProductionFront {
  readonly plan: FrontPlan;
  readonly mistakes: readonly string[];
}

// Docker's own name server, which answers with the addresses of all the containers of a service.
const dockersResolver = "127.0.0.11";

/**
 * The same routes in production: production's names and certificate, services by their names on the stack's network. `domain` wins over the
 * settings'. @throws DevError NO_DOMAIN
 */
export function planProduction(
  environment: Environment,
  settings: Settings,
  version: string,
  domain = settings.front.domain,
): ProductionFront {
  if (domain === undefined) throw noDomain();
  const place = {
    domain,
    hostOf: ({ host }: { readonly host: string | undefined }) => routeHost(host, domain),
    serversOf: ({ name }: { readonly name: string }, port: number) => [{ host: name, port }],
    portOf: (service: Environment["services"][number]) => webPort(service, []),
    folderOf: (path: string) => posix.join("/srv", environment.project, path),
  };
  const { sites, mistakes } = planSites(environment, settings, place, mainService(environment, []), new Map());
  const plan: FrontPlan = {
    version,
    listen: ["443", "[::]:443"],
    plainListen: ["80", "[::]:80"],
    certificate: settings.front.certificate,
    key: settings.front.key,
    accessLog: "/dev/stdout",
    sites,
    generation: undefined,
    resolver: dockersResolver,
  };
  return { plan, mistakes };
}

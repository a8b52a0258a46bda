import { type Directive, directive } from "../directive.ts";
import { isOlder } from "../features.ts";
import { type FrontPlan, type FrontSite, generationHost } from "./front-plan.ts";
import { endAfterAnswer } from "./keep-alive.ts";
import { pageLocation } from "./page-script.ts";
import { routeLocation } from "./route-location.ts";
import { strictTransport } from "./tls-profile.ts";

const siteHeaders: readonly Directive[] = [
  directive("add_header", "Strict-Transport-Security", strictTransport, "always"),
  directive("add_header", "X-Request-Id", "$trace_id", "always"),
];

/** All the servers: one that takes unknown names, one for each site, and one that sends plain HTTP on. */
export function siteServers(plan: FrontPlan): readonly Directive[] {
  return [strangers(plan), ...plan.sites.map((site) => siteServer(site, plan)), ...plainServers(plan)];
}

function siteServer({ hosts, routes }: FrontSite, plan: FrontPlan): Directive {
  // A named page for each upstream, although several routes may share one.
  const locations = new Map(
    routes.flatMap((route) => routeLocation(route, plan, siteHeaders)).map((each) => [each.words.join(" "), each]),
  );
  return {
    ...directive("server"),
    block: [
      ...listens(plan, false),
      directive("server_name", ...hosts),
      ...siteHeaders,
      // Plain HTTP to the address for TLS: 497 (ngx_http_ssl_module, Error Processing).
      directive("error_page", "497", "=308", secureAddress(plan)),
      ...[...pageLocation(plan), ...locations.values()].map((each) => ending(each, plan)),
    ],
  };
}

/** Names of nobody: what there is instead, and, under a name that no browser asks for, the generation. */
function strangers(plan: FrontPlan): Directive {
  const hosts = plan.sites.flatMap((site) => site.hosts);
  const known = hosts.length === 0 ? "none" : hosts.join(", ");
  const generation = plan.generation;
  return {
    ...directive("server"),
    block: [
      ...listens(plan, true),
      directive("server_name", generationHost),
      directive("access_log", "off"),
      directive("default_type", "text/plain"),
      directive("error_page", "497", "=308", secureAddress(plan)),
      ...(generation === undefined
        ? []
        : [{ ...directive("location", "=", "/generation"), block: [directive("return", "200", generation)] }]),
      {
        ...directive("location", "/"),
        block: [directive("return", "404", `"There is no $host here. The names are: ${known}\\n"`)],
      },
    ].map((each) => ending(each, plan)),
  };
}

function plainServers(plan: FrontPlan): readonly Directive[] {
  const { plainListen } = plan;
  if (plainListen.length === 0) return [];
  return [
    {
      ...directive("server"),
      block: [
        ...plainListen.map((address) => directive("listen", address, "default_server")),
        ...endAfterAnswer(plan),
        directive("return", "308", secureAddress(plan)),
      ],
    },
  ];
}

const ending = (each: Directive, plan: FrontPlan): Directive =>
  each.name === "location" && each.block ? { ...each, block: [...endAfterAnswer(plan), ...each.block] } : each;

/** The same address with TLS. */
function secureAddress({ listen }: FrontPlan): string {
  const port = Number(/(\d+)$/.exec(listen[0] ?? "")?.[1] ?? 443);
  return `https://$host${port === 443 ? "" : `:${port}`}$request_uri`;
}

function listens({ listen, version }: FrontPlan, isDefault: boolean): readonly Directive[] {
  const isOld = isOlder(version, "1.25.1");
  const flags = [...(isOld ? ["http2"] : []), ...(isDefault ? ["default_server"] : [])];
  const lines = listen.map((address) => directive("listen", address, "ssl", ...flags));
  return isOld ? lines : [...lines, directive("http2", "on")];
}

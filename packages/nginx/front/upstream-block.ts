import { type Directive, directive } from "../directive.ts";
import { isOlder } from "../features.ts";
import type { FrontPlan, FrontRoute, FrontService, FrontUpstream } from "./front-plan.ts";

/** The upstreams of all routes, each once. One needs a server: those without have no block. */
export function upstreamBlocks(plan: FrontPlan): readonly Directive[] {
  const upstreams = plan.sites
    .flatMap(({ routes }) => servicesOf(routes))
    .filter(({ upstream }) => upstream.servers.length > 0)
    .map(({ upstream }) => [upstream.name, upstream] as const);
  return [...new Map(upstreams).values()].map((upstream) => upstreamBlock(upstream, plan));
}

/** The routes that pass to services. */
export const servicesOf = (routes: readonly FrontRoute[]): readonly FrontService[] =>
  routes.flatMap(({ answer }) => (answer.kind === "service" ? [answer] : []));

function upstreamBlock({ name, servers, balance }: FrontUpstream, { version, resolver }: FrontPlan): Directive {
  // `resolve` in an upstream came to everybody's nginx with 1.27.3, and needs a `zone` (ngx_http_upstream_module).
  const resolves = resolver !== undefined && !isOlder(version, "1.27.3");
  return {
    ...directive("upstream", name),
    block: [
      ...(resolves ? [directive("zone", name, "64k")] : []),
      ...(balance === "round-robin" ? [] : [directive(balance === "ip-hash" ? "ip_hash" : "least_conn")]),
      // A server that was away for a moment is asked again with the next request: here it restarts all the time.
      ...servers.map(({ host, port }) =>
        directive("server", `${host}:${port}`, ...(resolves ? ["resolve"] : []), "max_fails=0"),
      ),
      directive("keepalive", "32"),
    ],
  };
}

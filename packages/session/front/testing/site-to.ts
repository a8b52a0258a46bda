import type { FrontRoute, FrontService, FrontSite } from "@drydock/nginx";

/** A site whose every path leads to these ports of this machine. */
export function siteTo(
  host: string,
  servers: readonly { readonly port: number }[],
  changes: Partial<FrontRoute> & Partial<FrontService> = {},
): FrontSite {
  const { path = "/", headers = {}, ...rest } = changes;
  const answer: FrontService = {
    kind: "service",
    upstream: {
      name: "api-3000",
      scheme: "http",
      servers: servers.map(({ port }) => ({ host: "127.0.0.1", port })),
      balance: "round-robin",
    },
    rewrite: undefined,
    timeoutMs: undefined,
    tries: undefined,
    requestHeaders: {},
    maxBodyBytes: undefined,
    perSecond: undefined,
    unavailable: 'The service "api" does not answer.',
    ...rest,
  };
  return { hosts: [host], routes: [{ path, isExact: false, headers, answer }] };
}

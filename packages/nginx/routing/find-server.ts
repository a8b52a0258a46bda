import type { Listen, Server, ServerName } from "../configuration/model.ts";

/** The servers of one address, and which of them takes requests whose name none has. */
export interface AddressServers {
  readonly servers: readonly Server[];
  readonly fallback: Server;
}

/** Puts the servers of one address together: those that listen on it, or on all addresses of its port. */
export function serversOf(
  servers: readonly Server[],
  { host, port }: Pick<Listen, "host" | "port">,
): AddressServers | undefined {
  const own = servers.filter((server) => server.listens.some((each) => each.port === port && each.host === host));
  const fallback =
    own.find((server) => server.listens.some((each) => each.port === port && each.host === host && each.isDefault)) ??
    own[0];
  return fallback && { servers: own, fallback };
}

/** Which server takes a host name, and the groups of its regular expression. */
export interface FoundServer {
  readonly server: Server;
  readonly match: RegExpExecArray | undefined;
}

/**
 * nginx's order (nginx.org/en/docs/http/server_names.html): the name itself, the longest `*.name`, the longest `name.*`, the first
 * regular expression, the default server.
 */
export function findServer({ servers, fallback }: AddressServers, host: string): FoundServer {
  const [only] = servers;
  if (servers.length === 1 && only && !only.names.some(({ kind }) => kind === "regex"))
    return { server: only, match: undefined };
  const all = servers.flatMap((server) => server.names.map((name) => ({ server, name })));
  const exact = all.find(({ name }) => name.kind === "exact" && name.name === host);
  if (exact) return { server: exact.server, match: undefined };
  const wild = longest(all, host, "tail") ?? longest(all, host, "head");
  if (wild) return { server: wild, match: undefined };
  for (const { server, name } of all) {
    const match = name.kind === "regex" ? name.regex.exec(host) : null;
    if (match) return { server, match };
  }
  return { server: fallback, match: undefined };
}

function longest(
  all: readonly { readonly server: Server; readonly name: ServerName }[],
  host: string,
  kind: "tail" | "head",
): Server | undefined {
  let best: { readonly server: Server; readonly length: number } | undefined;
  for (const { server, name } of all) {
    if (name.kind !== kind) continue;
    const text = name.kind === "tail" ? name.suffix : name.prefix;
    const fits =
      name.kind === "tail" ? host.endsWith(text) || (name.takesBare && host === text.slice(1)) : host.startsWith(text);
    if (fits && text.length > (best?.length ?? -1)) best = { server, length: text.length };
  }
  return best?.server;
}

/** The host of a `Host` header as names are compared: lower case, without the port and a final dot; undefined for one that is no host. */
export function hostOf(header: string): string | undefined {
  const host = header.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  return /^(\[[\da-f:.]+\]|[^\s/\\[\]\0:@?#]+)$/.test(host) && !host.includes("..") ? host : undefined;
}

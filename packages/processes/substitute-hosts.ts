import type { HostPort } from "@drydock/core";

/** What a host name of the stack stands for on this machine. */
export interface HostTarget {
  /** Container port to the address that was given out; the first is the most telling one. */
  readonly ports: ReadonlyMap<number, HostPort>;
}

/** The host names of the stack: services, aliases, container names. */
export type HostTargets = ReadonlyMap<string, HostTarget>;

// A host name as it stands in text; longer words that only contain a service's name are other words.
const hostWord = String.raw`[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9_])?`;
const urlPattern = new RegExp(
  String.raw`([a-z][a-z\d+.-]*:\/\/|(?<![\w:/])\/\/)((?:[^\s/?#"'<>@]*@)*)(${hostWord}(?::\d+)?(?:,${hostWord}(?::\d+)?(?!:\/\/))*)(?=$|[\s/?#"'<>,;)|&\]}\\\x60])`,
  "gi",
);
const pairPattern = new RegExp(String.raw`(?<![\w.:/%-])(${hostWord}):(\d+)(?![\w.:-])`, "g");

/** The port that a scheme means when none is written (IANA, and the drivers' own documentation). */
const schemePorts: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  mongodb: 27017,
  redis: 6379,
  rediss: 6379,
  valkey: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  amqp: 5672,
  nats: 4222,
};

/**
 * Replaces the stack's host names in one text by the addresses that were given out: in URLs, with user information and several
 * hosts, and in `host:port` pairs. A word is replaced only whole, and a bare pair only when the host has that container port.
 */
export function substituteHosts(text: string, targets: HostTargets): string {
  const withUrls = text.replace(urlPattern, (_, scheme: string, user: string, hosts: string) => {
    const replaced = hosts.split(",").map((host) => replaceInUrl(host, scheme.slice(0, -3).toLowerCase(), targets));
    return `${scheme}${user}${replaced.join(",")}`;
  });
  return withUrls.replace(pairPattern, (whole, host: string, port: string) => {
    const address = targets.get(host)?.ports.get(Number(port));
    return address ? `${address.host}:${address.port}` : whole;
  });
}

function replaceInUrl(hostAndPort: string, scheme: string, targets: HostTargets): string {
  const [host = "", written] = hostAndPort.split(":");
  const target = targets.get(host);
  if (!target) return hostAndPort;
  const port = written === undefined ? schemePorts[scheme] : Number(written);
  const exact = port === undefined ? undefined : target.ports.get(port);
  const address = exact ?? (written === undefined ? [...target.ports.values()][0] : undefined);
  if (address) return `${address.host}:${address.port}`;
  return written === undefined ? "127.0.0.1" : `127.0.0.1:${written}`;
}

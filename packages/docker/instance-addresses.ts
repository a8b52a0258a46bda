import type { Address } from "@drydock/core";
import type { Container } from "./container.ts";

/** From where addresses are looked at. */
export interface ReachableFrom {
  /** The name that published ports have here: `127.0.0.1`, or a remote engine's host. */
  readonly publishedHost: string;
  /** This machine's own addresses on bridges: a container whose gateway is one of them is reached directly. */
  readonly ownAddresses: ReadonlySet<string>;
}

/** Where a running container answers: its published ports first, then, where this machine shares its network, its own address. */
export function instanceAddresses(container: Container, from: ReachableFrom): readonly Address[] {
  const published = container.published.map(({ target, hostIp, port }): Address => {
    // An address of all interfaces is no address to type: 0.0.0.0 and :: mean "this machine".
    const host = hostIp === "" || hostIp === "0.0.0.0" || hostIp === "::" ? from.publishedHost : hostIp;
    return { target, host, port, isPublished: true };
  });
  const ip = directAddress(container, from);
  const own = ip === undefined ? [] : container.exposed.filter(({ protocol }) => protocol === "tcp");
  const direct = own.map(({ port }): Address => ({ target: port, host: ip ?? "", port, isPublished: false }));
  const seen = new Set<string>();
  return [...published, ...direct].filter(({ target, host, port }) => {
    const key = `${target} ${host} ${port}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The container's own address, where this machine reaches it without the engine's help. */
export function directAddress(container: Container, { ownAddresses }: ReachableFrom): string | undefined {
  return container.networks.find(({ ip, gateway }) => ip !== "" && ownAddresses.has(gateway))?.ip;
}

import type { HostPort, Service } from "@drydock/core";
import type { Blueprint } from "./blueprint.ts";
import type { Stack } from "./engine-room.ts";
import type { PortView } from "./port-book.ts";
import type { HostTarget, HostTargets } from "./substitute-hosts.ts";

/** What every host name of the stack stands for: the first instance of its service. */
export function hostTargets(stack: Stack, ports: PortView): HostTargets {
  const entries = [...stack.blueprints.values()].flatMap((blueprint): readonly [string, HostTarget][] => {
    const target = { ports: ownPorts(blueprint, 1, ports) };
    return blueprint.hostNames.map((name) => [name, target]);
  });
  // Docker Desktop's name for the machine itself.
  return new Map([["host.docker.internal", { ports: new Map() }], ...entries]);
}

/** Container port to address of one instance. */
export function ownPorts(
  { service, ports: targets }: Blueprint,
  number: number,
  ports: PortView,
): ReadonlyMap<number, HostPort> {
  return new Map(ports.addresses(service, number, targets).map(({ target, host, port }) => [target, { host, port }]));
}

/** All the addresses of a service's container port, one for each instance. */
export function allAddresses(blueprint: Blueprint, port: number, ports: PortView): readonly HostPort[] {
  return numbersOf(blueprint.service).flatMap((number) => {
    const own = ownPorts(blueprint, number, ports);
    const address = own.get(port) ?? (own.size === 1 ? [...own.values()][0] : undefined);
    return address ? [address] : [];
  });
}

/** The numbers of a service's instances, from 1. */
export function numbersOf(service: Service): readonly number[] {
  return Array.from({ length: service.replicas }, (_, index) => index + 1);
}

import type { Address, Environment, Instance } from "@drydock/core";

// The services that these container ports are registered for, or, 8443, commonly used for (IANA Service Name and Port Number Registry).
const schemes = new Map([
  [27017, "mongodb"],
  [6379, "redis"],
  [443, "https"],
  [8443, "https"],
  [5432, "postgresql"],
  [3306, "mysql"],
]);

/** Where people reach published addresses, as URLs, with the scheme that the container's port is known for; http otherwise. */
export function urlsOf(addresses: readonly Address[]): readonly string[] {
  return addresses.filter((address) => address.isPublished).map(urlOf);
}

/** The web address that a person opens first: of the services that the files publish, https before http, then the file's order. */
export function mainUrl(environment: Environment, instances: readonly Instance[]): string | undefined {
  const published = environment.services
    .filter((service) => service.ports.some((port) => port.protocol === "tcp"))
    .flatMap((service) => instances.filter((each) => each.service === service.name && each.number === 1))
    .flatMap((instance) => urlsOf(instance.addresses));
  return published.find((url) => url.startsWith("https:")) ?? published.find((url) => url.startsWith("http:"));
}

function urlOf({ target, host, port }: Address): string {
  const isLoopback = host === "127.0.0.1" || host === "0.0.0.0" || host === "::" || host === "";
  return `${schemes.get(target) ?? "http"}://${isLoopback ? "localhost" : host}:${port}`;
}

import { type Environment, type Instance, type Service, serverOfImage } from "@drydock/core";

// What these ports are registered or commonly known for is not HTTP (IANA Service Name and Port Number Registry).
const notWeb: ReadonlySet<number> = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1025, 1433, 1521, 1883, 2181, 2379, 3306, 4222, 5432, 5671,
  5672, 6379, 6380, 7687, 8883, 9042, 9092, 9229, 11211, 26257, 26379, 27017, 27018, 27019, 50051,
]);

/**
 * The container port of a service that speaks HTTP, as far as the files and what runs tell: one for HTTPS that the Compose file names, then published
 * ones, then exposed ones, in the file's order. Undefined for databases and for services without a port.
 */
export function webPort(service: Service, instances: readonly Instance[]): number | undefined {
  const kind = service.image === undefined ? undefined : serverOfImage(service.image);
  if (kind === "mongo" || kind === "redis") return undefined;
  const isWeb = (port: number) => !notWeb.has(port);
  const published = service.ports.filter(({ protocol }) => protocol === "tcp").map(({ target }) => target);
  const named = [...published, ...service.expose].filter(isWeb);
  if (named.length > 0) return named.find(isTlsPort) ?? named[0];
  const own = instances.filter((each) => each.service === service.name).flatMap(({ addresses }) => addresses);
  const observed = own.map(({ target }) => target).filter(isWeb);
  // An image may expose a port for HTTPS that nothing listens on until it is given a certificate, as nginx's does.
  return observed.find((port) => !isTlsPort(port)) ?? observed[0];
}

/** The service's own port for HTTPS. */
export const isTlsPort = (port: number): boolean => port === 443 || port === 8443;

// What people call the service that a browser asks first.
const entrances = ["proxy", "nginx", "gateway", "edge", "web", "www", "frontend", "app", "site", "ui", "api"];

/**
 * The service that answers at the project's own name: a proxy that is published, else a published web service, else one that is called like an
 * entrance, else the first with a port. Undefined when none has one.
 */
export function mainService(environment: Environment, instances: readonly Instance[]): Service | undefined {
  const web = environment.services.filter((service) => webPort(service, instances) !== undefined);
  const published = web.filter(({ ports }) => ports.length > 0);
  const byName = (services: readonly Service[]) =>
    entrances.map((name) => services.find((service) => service.name === name)).find((service) => service !== undefined);
  const isProxy = ({ image }: Service) => image !== undefined && serverOfImage(image) === "nginx";
  return published.find(isProxy) ?? published[0] ?? byName(web) ?? web[0];
}

import type { Service } from "@drydock/core";

/** What is known of a service's ports besides its Compose definition. */
export interface PortSources {
  /** `EXPOSE` of its Dockerfile. */
  readonly exposed: readonly number[];
  /** Of the server that its image is: 27017, 6379, 80. */
  readonly defaults: readonly number[];
}

/**
 * The TCP ports on which a service listens in its container, most telling first: the targets of `ports`, `expose`, the
 * Dockerfile's EXPOSE, the default of its server; when none of them says anything, PORT in its environment.
 */
export function containerPorts(service: Service, { exposed, defaults }: PortSources): readonly number[] {
  const published = service.ports.filter(({ protocol }) => protocol === "tcp").map(({ target }) => target);
  const said = [...published, ...service.expose, ...exposed];
  const named = said.length > 0 ? said : [...defaults];
  if (named.length > 0) return [...new Set(named)];
  const port = Number(service.environment.PORT);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? [port] : [];
}

/** The host ports that `ports` asks for a target, in order; a range gives all of its ports; empty: any. */
export function publishedPorts(service: Service, target: number): readonly number[] {
  return service.ports
    .filter((port) => port.target === target && port.protocol === "tcp")
    .flatMap(({ published }) => (published === undefined ? [] : expandRange(published)));
}

function expandRange(text: string): readonly number[] {
  const [from = 0, to = from] = text.split("-").map(Number);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from <= 0) return [];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

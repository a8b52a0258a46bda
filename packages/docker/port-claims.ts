import type { PublishedPort, Service } from "@drydock/core";

/** A host port that a service wants for itself. */
export interface PortClaim {
  readonly service: string;
  readonly target: number;
  /** Empty: every address. */
  readonly hostIp: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Never give out another one. */
  readonly isPinned: boolean;
}

/** The fixed host ports of a service. Ranges, and ports that any free one will do for, are the engine's to choose. */
export function portClaims({ name, ports, dev }: Service): readonly PortClaim[] {
  return ports.flatMap(({ target, published, hostIp = "", protocol }) =>
    isFixed(published) ? [{ service: name, target, hostIp, port: Number(published), protocol, isPinned: dev.pin }] : [],
  );
}

/** A claim as a key of what is remembered: the same until the Compose file says something else. */
export function claimKey({ service, hostIp, port, target, protocol }: PortClaim): string {
  return `${service} ${hostIp}:${port}:${target}/${protocol}`;
}

/**
 * A Compose file that replaces the ports of these services by others. `moved` has, by `claimKey`, the port that is given out
 * instead. Compose Specification, merge: `!override` replaces a list where it would be extended.
 */
export function portOverride(services: readonly Service[], moved: ReadonlyMap<string, number>): string {
  const parts = services.map((service) => {
    const claims = portClaims(service);
    const ports = service.ports.map((port) => {
      const claim = claims.find((each) => isClaimOf(each, port));
      return portLines(port, claim && moved.get(claimKey(claim)));
    });
    return `  ${JSON.stringify(service.name)}:\n    ports: !override\n${ports.join("")}`;
  });
  return `# Generated: host ports that were taken, and those that are used instead.\nservices:\n${parts.join("")}`;
}

function portLines({ target, published, hostIp, protocol }: PublishedPort, moved: number | undefined): string {
  const port = moved === undefined ? published : String(moved);
  return [
    `      - target: ${target}`,
    ...(port === undefined ? [] : [`        published: ${JSON.stringify(port)}`]),
    ...(hostIp === undefined ? [] : [`        host_ip: ${JSON.stringify(hostIp)}`]),
    `        protocol: ${protocol}`,
    "",
  ].join("\n");
}

function isClaimOf(claim: PortClaim, { target, published, hostIp = "", protocol }: PublishedPort): boolean {
  return (
    claim.target === target &&
    claim.hostIp === hostIp &&
    claim.protocol === protocol &&
    isFixed(published) &&
    claim.port === Number(published)
  );
}

function isFixed(published: string | undefined): boolean {
  return published !== undefined && /^\d+$/.test(published) && published !== "0";
}

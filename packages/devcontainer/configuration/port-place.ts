import type { PortPlace } from "./configuration.ts";

const largestPort = 65_535;

/** Reads an entry of `forwardPorts`: a number, its text, or `service:number`; undefined when it is none of these. */
export function parsePortPlace(value: unknown): PortPlace | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const found = /^(?:([A-Za-z0-9_.-]+):)?(\d{1,5})$/.exec(String(value));
  if (!found) return undefined;
  const port = Number(found[2]);
  return port >= 1 && port <= largestPort ? { host: found[1] ?? "localhost", port } : undefined;
}

/** `3000`, or `db:5432` where it is another's: as `forwardPorts` writes it. */
export function formatPortPlace({ host, port }: PortPlace): string {
  return isOwn(host) ? String(port) : `${host}:${port}`;
}

/** Whether a host name means the dev container itself. */
export function isOwn(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1";
}

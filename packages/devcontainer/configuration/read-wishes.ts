import type { PortAttributes, PortWishes } from "./configuration.ts";
import { parsePortPlace } from "./port-place.ts";

/** The ports that a configuration asks for: of a file, or the one that the CLI has merged with the image's own. What is no port is left out. */
export function readWishes(value: Readonly<Record<string, unknown>>): PortWishes {
  const { forwardPorts, portsAttributes, otherPortsAttributes } = value;
  return {
    forwardPorts: (Array.isArray(forwardPorts) ? forwardPorts : []).flatMap((each) => parsePortPlace(each) ?? []),
    attributes: Object.fromEntries(
      Object.entries(objectOf(portsAttributes)).map(([key, each]) => [key, readOne(each)]),
    ),
    otherAttributes: readOne(otherPortsAttributes),
  };
}

function readOne(value: unknown): PortAttributes {
  const { label, protocol, requireLocalPort } = objectOf(value);
  return {
    ...(typeof label === "string" ? { label } : {}),
    ...(protocol === "http" || protocol === "https" ? { protocol } : {}),
    ...(typeof requireLocalPort === "boolean" ? { requireLocalPort } : {}),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

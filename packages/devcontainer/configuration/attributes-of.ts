import type { PortAttributes, PortPlace, PortWishes } from "./configuration.ts";
import { formatPortPlace } from "./port-place.ts";

/**
 * What is said of a port: its own key, else the range that holds it, else `otherPortsAttributes`. A pattern for command lines, the third kind of
 * key, is for ports that are found by watching processes: none is here.
 */
export function attributesOf(place: PortPlace, { attributes, otherAttributes }: PortWishes): PortAttributes {
  const own = attributes[formatPortPlace(place)] ?? attributes[`localhost:${place.port}`];
  if (own) return own;
  const range = Object.keys(attributes).find((key) => holds(key, place));
  return (range === undefined ? undefined : attributes[range]) ?? otherAttributes;
}

function holds(key: string, { port }: PortPlace): boolean {
  const found = /^(\d+)\s*-\s*(\d+)$/.exec(key);
  return found !== null && Number(found[1]) <= port && port <= Number(found[2]);
}

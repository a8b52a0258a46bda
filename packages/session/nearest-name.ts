import { closest, distance } from "fastest-levenshtein";

/** The known name that was probably meant; undefined when none is near: more than half of its letters differ. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, known);
  return distance(name, candidate) <= Math.ceil(candidate.length / 2) ? candidate : undefined;
}

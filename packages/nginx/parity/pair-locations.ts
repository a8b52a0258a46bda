import type { LocationView, ServerView } from "./views.ts";

/** A location of production and the same here; one side is undefined where it has none. */
export interface LocationPair {
  readonly label: string;
  readonly theirs: LocationView | undefined;
  readonly ours: LocationView | undefined;
}

/** Pairs locations by what they match. A server without locations answers by itself: as one for all paths. */
export function pairLocations(theirs: ServerView, ours: ServerView): readonly LocationPair[] {
  const [their, our] = [byLabel(theirs), byLabel(ours)];
  const labels = [...new Set([...their.keys(), ...our.keys()])];
  return labels.map((label) => ({ label, theirs: their.get(label), ours: our.get(label) }));
}

/** Whether neither side says a directive inside the location: then the server's counts. */
export function inherits({ theirs, ours }: LocationPair, directive: string): boolean {
  return [theirs, ours].every((view) => view !== undefined && !saysInside(view, directive));
}

/** The last two levels are the server's and what is around it. */
function saysInside({ levels }: LocationView, directive: string): boolean {
  return levels.slice(0, -2).some((level) => level.some(({ name }) => name === directive));
}

function byLabel({ locations, levels, place }: ServerView): ReadonlyMap<string, LocationView> {
  const all = locations.length > 0 ? locations : [{ label: "/", levels, place }];
  return new Map(all.map((each) => [each.label, each] as const));
}

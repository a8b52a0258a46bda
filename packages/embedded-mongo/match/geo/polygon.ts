import { type Arc, arcsOf, isOnArc } from "./arc.ts";
import { cross, dot, side, type Vector } from "./vector.ts";

/** A ring that was closed: the last place is the first one. */
export interface Ring {
  readonly places: readonly Vector[];
  readonly arcs: readonly Arc[];
  /** Whether its inside lies left of its way. */
  readonly isLeft: boolean;
}

/** An area with holes. */
export interface Polygon {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

/**
 * Of the two areas that a ring divides the sphere into, its inside is the smaller one (manual, "$geometry"); with `isStrict` it is the left one, whatever
 * its size (manual, "$geoIntersects", "Big" Polygons).
 */
export function makeRing(places: readonly Vector[], isStrict = false): Ring {
  return { places, arcs: arcsOf(places), isLeft: isStrict || turning(places) >= 0 };
}

/** Whether a place lies inside, or on the border. */
export const polygonContains = ({ outer, holes }: Polygon, place: Vector): boolean =>
  isOnRing(outer, place) ||
  (isInside(outer, place) && holes.every((hole) => isOnRing(hole, place) || !isInside(hole, place)));

/** The borders of all rings. */
export const bordersOf = ({ outer, holes }: Polygon): readonly Arc[] => [outer, ...holes].flatMap((ring) => ring.arcs);

const isOnRing = (ring: Ring, place: Vector): boolean => ring.arcs.some((arc) => isOnArc(place, arc));

/**
 * Goes around the ring as it is seen from the place. From the inside that is a whole turn; from the opposite side of the sphere it is one too, the other
 * way around.
 */
function isInside(ring: Ring, place: Vector): boolean {
  let turn = 0;
  for (const { from, to } of ring.arcs) turn += bearingChange(place, from, to);
  const turns = Math.round(turn / (2 * Math.PI));
  // A large area is all that does not lie in the smaller one on the other side.
  const isLarge = ring.isLeft && turning(ring.places) < 0;
  if (isLarge) return turns !== -1;
  return ring.isLeft ? turns === 1 : turns === -1;
}

function bearingChange(place: Vector, from: Vector, to: Vector): number {
  const [a, b] = [cross(place, from), cross(place, to)];
  return Math.atan2(dot(cross(a, b), place), dot(a, b));
}

/** Positive when the smaller area lies left: the sum of the turns at the corners is 2 pi less the area (Gauss and Bonnet). */
function turning(places: readonly Vector[]): number {
  const corners = places.slice(0, -1);
  let sum = 0;
  for (const [index, corner] of corners.entries()) {
    const before = corners[(index + corners.length - 1) % corners.length] ?? corner;
    const after = corners[(index + 1) % corners.length] ?? corner;
    const [arriving, leaving] = [cross(before, corner), cross(corner, after)];
    sum += Math.atan2(side(arriving, leaving, corner), dot(arriving, leaving));
  }
  return sum;
}

import { angle, cross, dot, length, side, tiny, type Vector } from "./vector.ts";

/** The shorter way between two places, along a great circle. */
export interface Arc {
  readonly from: Vector;
  readonly to: Vector;
}

/** The arcs from each place to the next. */
export const arcsOf = (places: readonly Vector[]): readonly Arc[] =>
  places.slice(1).map((to, index) => ({ from: places[index] ?? to, to }));

/** Whether two arcs have a place in common. */
export const arcsTouch = (a: Arc, b: Arc): boolean =>
  arcsCross(a, b) || isOnArc(a.from, b) || isOnArc(a.to, b) || isOnArc(b.from, a) || isOnArc(b.to, a);

/** Whether two arcs cross within both, not at an end. */
export function arcsCross(a: Arc, b: Arc): boolean {
  const [b1, b2] = [side(a.from, a.to, b.from), side(a.from, a.to, b.to)];
  const [a1, a2] = [side(b.from, b.to, a.from), side(b.from, b.to, a.to)];
  if (!(b1 * b2 < 0 && a1 * a2 < 0)) return false;
  if (Math.min(Math.abs(b1), Math.abs(b2), Math.abs(a1), Math.abs(a2)) < tiny) return false;
  // On the other side of the sphere the circles cross as well: there the turns have other signs.
  return b1 * a1 < 0;
}

/** Whether a place lies on an arc. */
export const isOnArc = (place: Vector, arc: Arc): boolean => distanceToArc(place, arc) < tiny;

/** The angle between a place and the nearest one of an arc, in radians. */
export function distanceToArc(place: Vector, { from, to }: Arc): number {
  const normal = cross(from, to);
  const size = length(normal);
  if (size > tiny) {
    const isBeside = dot(cross(normal, from), place) > 0 && dot(cross(to, normal), place) > 0;
    if (isBeside) return Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(normal, place) / size))));
  }
  return Math.min(angle(place, from), angle(place, to));
}

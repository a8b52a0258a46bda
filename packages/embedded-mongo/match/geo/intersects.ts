import { arcsTouch, isOnArc } from "./arc.ts";
import { allArcs, allPlaces, type Geometry, placesOf } from "./geometry.ts";
import { polygonContains } from "./polygon.ts";
import { angle, tiny, type Vector } from "./vector.ts";

/** Whether two shapes have a place in common, on the sphere (manual, "$geoIntersects"). */
export function intersects(one: Geometry, other: Geometry): boolean {
  if (placesOf(one).some((place) => coversPlace(other, place))) return true;
  if (placesOf(other).some((place) => coversPlace(one, place))) return true;
  const arcs = allArcs(other);
  if (allArcs(one).some((arc) => arcs.some((each) => arcsTouch(arc, each)))) return true;
  // Without a crossing, one lies in the other as a whole or not at all.
  return isInAny(one, other) || isInAny(other, one);
}

function coversPlace(geometry: Geometry, place: Vector): boolean {
  if (placesOf(geometry).some((each) => angle(each, place) < tiny)) return true;
  if (geometry.lines.some((line) => line.some((arc) => isOnArc(place, arc)))) return true;
  return geometry.polygons.some((polygon) => polygonContains(polygon, place));
}

const isInAny = (inner: Geometry, outer: Geometry): boolean =>
  outer.polygons.length > 0 &&
  allPlaces(inner).some((place) => outer.polygons.some((polygon) => polygonContains(polygon, place)));

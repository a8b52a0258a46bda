import { distanceToArc } from "./arc.ts";
import { allArcs, type Geometry, type Position, placesOf } from "./geometry.ts";
import { polygonContains } from "./polygon.ts";
import { angle, toVector } from "./vector.ts";

/** The Earth's radius in metres, as MongoDB takes it (manual, "$geoNear", `distanceMultiplier` examples: 6378.1 km). */
export const earthRadiusMeters = 6_378_100;

/** The angle between a place and the nearest one of a shape, in radians. */
export function sphericalDistance(from: Position, geometry: Geometry): number {
  const place = toVector(from);
  if (geometry.polygons.some((polygon) => polygonContains(polygon, place))) return 0;
  const distances = [
    ...placesOf(geometry).map((each) => angle(place, each)),
    ...allArcs(geometry).map((arc) => distanceToArc(place, arc)),
  ];
  return Math.min(...distances);
}

/** The distance in a plane, to the nearest point; undefined where there is none. */
export function flatDistance([x, y]: Position, { points }: Geometry): number | undefined {
  if (points.length === 0) return undefined;
  return Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y)));
}

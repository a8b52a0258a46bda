import { type Arc, arcsCross } from "./arc.ts";
import type { Position } from "./geometry.ts";
import { allPlaces, type Geometry, placesOf } from "./geometry.ts";
import { bordersOf, type Polygon, polygonContains } from "./polygon.ts";
import { angle, toVector, type Vector } from "./vector.ts";

/** Whether a shape lies in one of the areas as a whole, on the sphere (manual, "$geoWithin"). Every part may lie in another area. */
export function isWithin(geometry: Geometry, areas: readonly Polygon[]): boolean {
  const isIn = (places: readonly Vector[], arcs: readonly Arc[]) => areas.some((area) => areaHolds(area, places, arcs));
  return (
    placesOf(geometry).every((place) => isIn([place], [])) &&
    geometry.lines.every((line) => isIn(endsOf(line), line)) &&
    geometry.polygons.every((polygon) => areas.some((area) => holdsPolygon(area, polygon)))
  );
}

const endsOf = (arcs: readonly Arc[]): readonly Vector[] => arcs.flatMap(({ from, to }) => [from, to]);

function areaHolds(area: Polygon, places: readonly Vector[], arcs: readonly Arc[]): boolean {
  if (!places.every((place) => polygonContains(area, place))) return false;
  const borders = bordersOf(area);
  return !arcs.some((arc) => borders.some((border) => arcsCross(arc, border)));
}

/** No hole of the area may lie in the polygon. */
function holdsPolygon(area: Polygon, polygon: Polygon): boolean {
  const arcs = bordersOf(polygon);
  if (!areaHolds(area, endsOf(arcs), arcs)) return false;
  return !area.holes.some((hole) => hole.places.every((place) => polygonContains(polygon, place)));
}

/** Whether a shape lies in a circle on the sphere; `radius` in radians (manual, "$centerSphere"). */
export function isWithinCircle(geometry: Geometry, center: Position, radius: number): boolean {
  const middle = toVector(center);
  return allPlaces(geometry).every((place) => angle(place, middle) <= radius);
}

import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { type Box, cellsOf, pointCell, sphere } from "./geo-cells.ts";
import { boxesOfShape, pairOf } from "./geo-shape.ts";
import { isPosition } from "./index-rows.ts";
import type { IndexInfo } from "./store.ts";

/** The cells of what lies at a path, as strings of geo-cells.ts; none where there is nothing. @throws MongoError for what is no place */
export function geoCells(document: Document, path: string, info: IndexInfo): readonly string[] {
  const kind = info.key.find(([each]) => each === path)?.[1];
  const places = placesAt(document, path.split("."));
  const cells = kind === "2d" ? places.map((place) => flatCell(place, info)) : places.flatMap(sphereCells);
  return [...new Set(cells)];
}

function sphereCells(place: Value): readonly string[] {
  const boxes = boxesOfShape(place);
  if (boxes)
    return boxes.every(isPoint)
      ? boxes.map(({ west, south }) => pointCell(west, south, sphere))
      : cellsOf(boxes, sphere);
  throw new MongoError(
    16755,
    "Can't extract geo keys: unknown GeoJSON type or coordinates that are no longitude and latitude",
  );
}

const isPoint = ({ west, east, south, north }: Box): boolean => west === east && south === north;

function flatCell(place: Value, info: IndexInfo): string {
  const pair = pairOf(place);
  const bounds = flatBounds(info);
  if (!pair) throw new MongoError(13026, "geo values must be 'legacy coordinate pairs' for 2d indexes");
  const [x, y] = pair;
  const isInside = x >= bounds.west && x < bounds.east && y >= bounds.south && y < bounds.north;
  if (!isInside) throw new MongoError(13027, `point not in interval of [ ${bounds.west}, ${bounds.east} ]`);
  return pointCell(x, y, bounds);
}

/** The plane of a 2d index: `min` and `max`, -180 and 180 when they are not given (manual, "2d Indexes"). */
export function flatBounds({ specification }: IndexInfo): Box {
  const at = (name: string, otherwise: number) => {
    const value = specification.get(name);
    return isNumber(value) ? toDouble(value) : otherwise;
  };
  const [min, max] = [at("min", -180), at("max", 180)];
  return { west: min, east: max, south: min, north: max };
}

/** What stands at the path: one place, or those of an array. A pair of numbers is one place. */
function placesAt(value: Value | undefined, path: readonly string[]): readonly Value[] {
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (value instanceof Document) return placesAt(value.get(name), rest);
    if (!isArray(value)) return [];
    const atPosition = isPosition(name) ? placesAt(value[Number(name)], rest) : [];
    return [...atPosition, ...value.flatMap((item) => (item instanceof Document ? placesAt(item, path) : []))];
  }
  if (value === undefined || value === null) return [];
  if (isArray(value) && !value.some(isNumber)) return value.filter((item) => item !== null);
  return [value];
}

import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { type Box, sphere } from "./geo-cells.ts";

/** Longitude and latitude, or x and y. */
export type Pair = readonly [x: number, y: number];

/** A legacy coordinate pair: an array or a document that begins with two numbers. */
export function pairOf(value: Value | undefined): Pair | undefined {
  const items = isArray(value) ? value : value instanceof Document ? [...value.fields().values()] : [];
  const [x, y] = items;
  return isNumber(x) && isNumber(y) ? [toDouble(x), toDouble(y)] : undefined;
}

/** Boxes that hold a GeoJSON shape (RFC 7946) or a legacy pair on the sphere; undefined when it is neither. */
export function boxesOfShape(value: Value): readonly Box[] | undefined {
  if (!(value instanceof Document) || !value.has("type")) {
    const pair = pairOf(value);
    return pair && isOnSphere(pair) ? [boxOfPoints([pair])] : undefined;
  }
  // With a coordinate system of its own an area may be the larger side of its border.
  if (value.has("crs")) return [sphere];
  const coordinates = value.get("coordinates");
  const reader = readers.get(String(value.get("type")));
  return reader?.(coordinates ?? value.get("geometries") ?? null);
}

type Reader = (value: Value) => readonly Box[] | undefined;

const point: Reader = (value) => {
  const position = positionOf(value);
  return position && [boxOfPoints([position])];
};

const line: Reader = (value) => boxesOfPath(value, 2);

const polygon: Reader = (value) => {
  const [outer] = isArray(value) ? value : [];
  return outer === undefined ? undefined : boxesOfPath(outer, 4);
};

/** The same of each of an array. */
const each =
  (reader: Reader): Reader =>
  (value) => {
    const boxes: Box[] = [];
    for (const item of isArray(value) ? value : []) {
      const more = reader(item);
      if (!more) return undefined;
      boxes.push(...more);
    }
    return boxes.length > 0 ? boxes : undefined;
  };

const readers: ReadonlyMap<string, Reader> = new Map([
  ["Point", point],
  ["LineString", line],
  ["Polygon", polygon],
  ["MultiPoint", each(point)],
  ["MultiLineString", each(line)],
  ["MultiPolygon", each(polygon)],
  ["GeometryCollection", each((value) => (value instanceof Document ? boxesOfShape(value) : undefined))],
]);

function positionOf(value: Value): Pair | undefined {
  const pair = isArray(value) ? pairOf(value) : undefined;
  return pair && isOnSphere(pair) ? pair : undefined;
}

const isOnSphere = ([x, y]: Pair): boolean => Math.abs(x) <= 180 && Math.abs(y) <= 90;

function boxesOfPath(value: Value, least: number): readonly Box[] | undefined {
  const positions: Pair[] = [];
  for (const item of isArray(value) ? value : []) {
    const position = positionOf(item);
    if (!position) return undefined;
    positions.push(position);
  }
  return positions.length < least ? undefined : boxesAroundPath(positions);
}

/**
 * Boxes around a path whose edges are great circles, and around what it encloses. A path over the antimeridian or over half of the longitudes may
 * enclose a pole: everything is taken.
 */
function boxesAroundPath(path: readonly Pair[]): readonly Box[] {
  const box = boxOfPoints(path);
  const hasWideEdge = path.some(([x], at) => Math.abs(x - (path[at - 1]?.[0] ?? x)) >= 180);
  if (hasWideEdge || box.east - box.west >= 180) return [sphere];
  let { south, north } = box;
  for (const [at, position] of path.entries()) {
    const latitude = extremeLatitude(path[at - 1] ?? position, position);
    if (latitude === undefined) continue;
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return [{ ...box, south, north }];
}

/** The box around some points. */
export function boxOfPoints(points: readonly Pair[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
}

/** Boxes around a circle on the sphere; the radius is an angle in degrees. */
export function boxesOfCircle([x, y]: Pair, radius: number): readonly Box[] {
  const [south, north] = [y - radius, y + radius];
  // Over a pole there are all longitudes.
  if (south <= -90 || north >= 90) return [{ ...sphere, south, north }];
  const sine = Math.sin(radius * radians) / Math.cos(y * radians);
  const width = sine >= 1 ? 180 : Math.asin(sine) / radians;
  const [west, east] = [x - width, x + width];
  const boxes = [{ west, east, south, north }];
  if (west < -180) boxes.push({ west: west + 360, east: 180, south, north });
  if (east > 180) boxes.push({ west: -180, east: east - 360, south, north });
  return boxes;
}

const radians = Math.PI / 180;

/** The latitude at which the great circle through two points turns, when that lies between them. */
function extremeLatitude([x1, y1]: Pair, [x2, y2]: Pair): number | undefined {
  if (x1 === x2) return undefined;
  const [lambda1, lambda2] = [x1 * radians, x2 * radians];
  const [t1, t2] = [Math.tan(y1 * radians), Math.tan(y2 * radians)];
  const sine = Math.sin(lambda2 - lambda1);
  // tan(latitude) = a cos(longitude) + b sin(longitude) on a great circle.
  const a = (t1 * Math.sin(lambda2) - t2 * Math.sin(lambda1)) / sine;
  const b = (t2 * Math.cos(lambda1) - t1 * Math.cos(lambda2)) / sine;
  const [low, high] = [Math.min(x1, x2), Math.max(x1, x2)];
  for (const turn of [Math.atan2(b, a) / radians, Math.atan2(-b, -a) / radians]) {
    if (turn > low && turn < high)
      return Math.atan(a * Math.cos(turn * radians) + b * Math.sin(turn * radians)) / radians;
  }
  return undefined;
}

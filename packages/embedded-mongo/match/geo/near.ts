import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { splitPath, visitPath } from "../../values/path.ts";
import { earthRadiusMeters, flatDistance, sphericalDistance } from "./distance.ts";
import type { Position } from "./geometry.ts";
import { parseGeoJson, parsePair, parseStored } from "./parse-geometry.ts";

/** A search for what is near, as `$near`, `$nearSphere` and `$geoNear` do it. */
export interface Near {
  readonly center: Position;
  /** In what `distance` gives. */
  readonly minDistance: number;
  readonly maxDistance: number;
  /** Metres for GeoJSON, radians for a legacy pair on the sphere, the coordinates' unit in a plane; undefined for what has no place. */
  distance(value: Value | undefined): number | undefined;
}

/** Reads the operand (manual, "$near", "$nearSphere"): a `$geometry`, or a legacy pair. @throws MongoError BadValue */
export function parseNear(operator: string, operand: Value): Near {
  const geometry = operand instanceof Document ? operand.get("$geometry") : undefined;
  if (operand instanceof Document && geometry !== undefined) {
    return { center: centerOf(geometry), ...limitsOf(operand), distance: inMeters(centerOf(geometry)) };
  }
  const pair = operand instanceof Document ? (operand.get(operator) ?? operand) : operand;
  const center = parsePair(pair);
  if (!center) throw new MongoError("BadValue", `invalid point in geo near query ${operator}: ${formatValue(operand)}`);
  const limits =
    operand instanceof Document ? limitsOf(operand) : { minDistance: 0, maxDistance: Number.POSITIVE_INFINITY };
  return { center, ...limits, distance: operator === "$nearSphere" ? inRadians(center) : inPlane(center) };
}

function centerOf(geometry: Value): Position {
  const parsed = geometry instanceof Document ? parseGeoJson(geometry) : undefined;
  const [center] = parsed?.points ?? [];
  if (center && parsed?.points.length === 1 && parsed.lines.length + parsed.polygons.length === 0) return center;
  throw new MongoError("BadValue", `$near requires a point, given ${formatValue(geometry)}`);
}

function limitsOf(operand: Document): Pick<Near, "minDistance" | "maxDistance"> {
  const read = (name: string, fallback: number) => {
    const value = operand.get(name);
    if (value === undefined) return fallback;
    const distance = isNumber(value) ? toDouble(value) : Number.NaN;
    if (!isNumber(value)) throw new MongoError("BadValue", `${name.slice(1)} must be a number`);
    if (!(distance >= 0)) throw new MongoError("BadValue", `${name.slice(1)} must be non-negative`);
    return distance;
  };
  return { minDistance: read("$minDistance", 0), maxDistance: read("$maxDistance", Number.POSITIVE_INFINITY) };
}

type Measure = Near["distance"];

const inRadians =
  (center: Position): Measure =>
  (value) => {
    const geometry = parseStored(value);
    return geometry && sphericalDistance(center, geometry);
  };

const inMeters = (center: Position): Measure => {
  const measure = inRadians(center);
  return (value) => {
    const distance = measure(value);
    return distance === undefined ? undefined : distance * earthRadiusMeters;
  };
};

const inPlane =
  (center: Position): Measure =>
  (value) => {
    const geometry = parseStored(value);
    return geometry && flatDistance(center, geometry);
  };

/** The distance of a document's nearest place at a path that lies within the limits; undefined when there is none. Sorts `$near`. */
export function nearestDistance(document: Document, path: string, near: Near): number | undefined {
  let nearest: number | undefined;
  visitPath(document, splitPath(path), "elements", (value) => {
    const distance = near.distance(value);
    if (distance === undefined || distance < near.minDistance || distance > near.maxDistance) return false;
    nearest = Math.min(nearest ?? distance, distance);
    return false;
  });
  return nearest;
}

import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatValue } from "../../values/format-value.ts";
import { box, circle, type FlatShape, flatPolygon } from "./flat-shapes.ts";
import type { Geometry, Position } from "./geometry.ts";
import { parseGeoJson, parsePair } from "./parse-geometry.ts";
import { isWithin, isWithinCircle } from "./within.ts";

/** Whether a stored shape lies in a region. */
export type Region = (geometry: Geometry) => boolean;

/** Reads the operand of `$geoWithin` (manual, "$geoWithin"). @throws MongoError BadValue */
export function parseRegion(operand: Value): Region {
  if (!(operand instanceof Document)) throw new MongoError("BadValue", "geo query doesn't have any geometry");
  const name = operand.firstName ?? "";
  const argument = operand.get(name) ?? null;
  const parse = regions.get(name);
  if (parse) return parse(argument);
  if (name === "") throw new MongoError("BadValue", "geo query doesn't have any geometry");
  throw new MongoError("BadValue", `unknown geo specifier: ${name}: ${formatValue(argument)}`);
}

const regions: ReadonlyMap<string, (argument: Value) => Region> = new Map([
  ["$geometry", parseGeometryRegion],
  ["$box", (argument) => flat(parseBox(argument))],
  ["$polygon", (argument) => flat(parseFlatPolygon(argument))],
  ["$center", (argument) => flat(circle(...parseCircle("$center", argument)))],
  [
    "$centerSphere",
    (argument) => {
      const [center, radius] = parseCircle("$centerSphere", argument);
      return (geometry) => isWithinCircle(geometry, center, radius);
    },
  ],
]);

function parseGeometryRegion(argument: Value): Region {
  if (!(argument instanceof Document))
    throw new MongoError("BadValue", "unknown geo specifier: $geometry must be an object");
  const { polygons, points, lines } = parseGeoJson(argument);
  if (polygons.length === 0 || points.length + lines.length > 0) {
    throw new MongoError("BadValue", `$within not supported with provided geometry: ${formatValue(argument)}`);
  }
  return (geometry) => isWithin(geometry, polygons);
}

/** In a plane only points have a place. */
const flat =
  (shape: FlatShape): Region =>
  ({ points, isPoint }) =>
    isPoint && points.every(shape);

function parseBox(argument: Value): FlatShape {
  const [from, to] = positionsOf("$box", argument);
  if (!from || !to)
    throw new MongoError("BadValue", "Point must only contain numeric elements: $box needs two corners");
  return box(from, to);
}

function parseFlatPolygon(argument: Value): FlatShape {
  const corners = positionsOf("$polygon", argument);
  if (corners.length < 3) throw new MongoError("BadValue", "Polygon must have at least 3 points");
  return flatPolygon(corners);
}

function positionsOf(name: string, argument: Value): readonly Position[] {
  const items = argument instanceof Document ? [...argument.fields().values()] : argument;
  if (!isArray(items)) throw new MongoError("BadValue", `${name} needs an array of points`);
  return items.map((item) => {
    const position = parsePair(item);
    if (!position) throw new MongoError("BadValue", `Point must be an array or object: ${formatValue(item)}`);
    return position;
  });
}

function parseCircle(name: string, argument: Value): readonly [Position, number] {
  const [first, second] =
    argument instanceof Document ? [...argument.fields().values()] : isArray(argument) ? argument : [];
  const center = parsePair(first);
  if (!center)
    throw new MongoError("BadValue", `Point must be an array or object: ${name} needs a center and a radius`);
  const radius = isNumber(second) ? toDouble(second) : Number.NaN;
  if (!(radius >= 0)) throw new MongoError("BadValue", "radius must be a non-negative number");
  return [center, radius];
}

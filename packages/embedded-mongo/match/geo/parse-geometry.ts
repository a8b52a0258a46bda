import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { formatValue } from "../../values/format-value.ts";
import { arcsOf } from "./arc.ts";
import { type Geometry, type Position, pointGeometry } from "./geometry.ts";
import { makeRing, type Polygon } from "./polygon.ts";
import { angle, tiny, toVector } from "./vector.ts";

const strictCrs = "urn:x-mongodb:crs:strictwinding:EPSG:4326";

/** Reads a GeoJSON object (RFC 7946, section 3.1). @throws MongoError BadValue for what is malformed or out of range */
export function parseGeoJson(value: Document): Geometry {
  const type = value.get("type");
  const parse = typeof type === "string" ? parsers.get(type) : undefined;
  if (!parse) throw malformed("unknown GeoJSON type", value);
  const crs = value.get("crs");
  const name = crs instanceof Document ? crs.get("properties") : undefined;
  const isStrict = name instanceof Document && name.get("name") === strictCrs;
  return parse(value.get(type === "GeometryCollection" ? "geometries" : "coordinates"), isStrict);
}

const malformed = (reason: string, value: Value | undefined) =>
  new MongoError("BadValue", `${reason}: ${value === undefined ? "missing" : formatValue(value)}`);

type Parse = (coordinates: Value | undefined, isStrict: boolean) => Geometry;

const none: Geometry = { points: [], lines: [], polygons: [], isPoint: false };

const parsers: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["Point", (value) => pointGeometry(parsePosition(value))],
  ["MultiPoint", (value) => ({ ...none, points: each(value, parsePosition) })],
  ["LineString", (value) => ({ ...none, lines: [parseLine(value)] })],
  ["MultiLineString", (value) => ({ ...none, lines: each(value, parseLine) })],
  ["Polygon", (value, isStrict) => ({ ...none, polygons: [parsePolygon(value, isStrict)] })],
  ["MultiPolygon", (value) => ({ ...none, polygons: each(value, (item) => parsePolygon(item, false)) })],
  ["GeometryCollection", (value) => join(each(value, parseMember))],
]);

function each<T>(value: Value | undefined, parse: (item: Value) => T): readonly T[] {
  if (!isArray(value) || value.length === 0)
    throw malformed("GeoJSON coordinates must be an array of coordinates", value);
  return value.map(parse);
}

function parseMember(value: Value): Geometry {
  if (!(value instanceof Document)) throw malformed("Element of a GeometryCollection is not an object", value);
  return parseGeoJson(value);
}

const join = (members: readonly Geometry[]): Geometry => ({
  points: members.flatMap((member) => member.points),
  lines: members.flatMap((member) => member.lines),
  polygons: members.flatMap((member) => member.polygons),
  isPoint: false,
});

function parsePosition(value: Value | undefined): Position {
  const position = parsePair(value);
  if (!position) throw malformed("Point must be an array or object of two numbers", value);
  const [longitude, latitude] = position;
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return position;
  throw new MongoError("BadValue", `Longitude/latitude is out of bounds, lng: ${longitude} lat: ${latitude}`);
}

/** A legacy pair of coordinates: an array, or the first two fields of a document. Undefined for anything else. */
export function parsePair(value: Value | undefined): Position | undefined {
  const parts = value instanceof Document ? [...value.fields().values()] : isArray(value) ? value : [];
  const [x, y] = parts;
  return isNumber(x) && isNumber(y) ? [toDouble(x), toDouble(y)] : undefined;
}

function parseLine(value: Value | undefined) {
  const places = each(value, parsePosition).map(toVector);
  if (places.length < 2) throw malformed("GeoJSON LineString must have at least 2 vertices", value);
  return arcsOf(places);
}

function parsePolygon(value: Value | undefined, isStrict: boolean): Polygon {
  const [outer, ...holes] = each(value, (ring) => parseRing(ring, isStrict));
  if (!outer) throw malformed("Polygon has no loops", value);
  return { outer, holes };
}

function parseRing(value: Value, isStrict: boolean) {
  const places = each(value, parsePosition).map(toVector);
  const [first, last] = [places[0], places.at(-1)];
  if (places.length < 4 || !first || !last) throw malformed("Loop must have at least 3 different vertices", value);
  if (angle(first, last) > tiny) throw malformed("Loop is not closed", value);
  return makeRing(places, isStrict);
}

/** The shape that a document's field holds; undefined for a value that is none. */
export function parseStored(value: Value | undefined): Geometry | undefined {
  if (value instanceof Document && typeof value.get("type") === "string") {
    try {
      return parseGeoJson(value);
    } catch (error) {
      if (error instanceof MongoError) return undefined;
      throw error;
    }
  }
  const pair = parsePair(value);
  return pair && pointGeometry(pair);
}

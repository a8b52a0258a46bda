import { earthRadiusMeters } from "../match/geo/distance.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { type Box, cellRanges, sphere } from "./geo-cells.ts";
import { flatBounds } from "./geo-rows.ts";
import { boxesOfCircle, boxesOfShape, boxOfPoints, type Pair, pairOf } from "./geo-shape.ts";
import type { IndexInfo, KeyRange } from "./store.ts";

/**
 * The ranges of a 2dsphere or 2d index in which everything lies that `$geoWithin`, `$geoIntersects`, `$near` or `$nearSphere` may match, and some
 * more: the documents are matched again, each once. The index's first field is the operator's. The argument was parsed before. `$near` without a
 * distance gives the whole index.
 */
export function geoRanges(info: IndexInfo, operator: string, argument: Value): readonly KeyRange[] {
  const world = info.key[0]?.[1] === "2d" ? flatBounds(info) : sphere;
  const boxes = operator === "$geoWithin" ? boxesOfRegion(argument) : boxesOfPlace(operator, argument);
  return cellRanges(boxes ?? [world], world);
}

/** Of `$geoWithin`; undefined for everything. */
function boxesOfRegion(argument: Value): readonly Box[] | undefined {
  const name = argument instanceof Document ? (argument.firstName ?? "") : "";
  const region = argument instanceof Document ? (argument.get(name) ?? null) : null;
  if (name === "$geometry") return boxesOfShape(region);
  const items = region instanceof Document ? [...region.fields().values()] : isArray(region) ? region : [];
  if (name === "$box" || name === "$polygon") {
    const corners = items.map(pairOf).filter((pair) => pair !== undefined);
    return corners.length > 0 ? [boxOfPoints(corners)] : undefined;
  }
  const [center, radius] = [pairOf(items[0]), numberOf(items[1])];
  if (!center || radius === undefined) return undefined;
  return name === "$centerSphere" ? boxesOfCircle(center, degrees(radius)) : [boxAround(center, radius)];
}

/** Of `$geoIntersects`, `$near` and `$nearSphere`; undefined for everything. */
function boxesOfPlace(operator: string, argument: Value): readonly Box[] | undefined {
  const geometry = argument instanceof Document ? argument.get("$geometry") : undefined;
  if (operator === "$geoIntersects") return geometry === undefined ? undefined : boxesOfShape(geometry);
  const limit = argument instanceof Document ? numberOf(argument.get("$maxDistance")) : undefined;
  if (limit === undefined) return undefined;
  if (geometry instanceof Document) {
    const center = pairOf(geometry.get("coordinates"));
    return center && boxesOfCircle(center, degrees(limit / earthRadiusMeters));
  }
  const center = pairOf(argument instanceof Document ? (argument.get(operator) ?? argument) : argument);
  if (!center) return undefined;
  return operator === "$nearSphere" ? boxesOfCircle(center, degrees(limit)) : [boxAround(center, limit)];
}

const boxAround = ([x, y]: Pair, radius: number): Box => ({
  west: x - radius,
  east: x + radius,
  south: y - radius,
  north: y + radius,
});

const degrees = (angle: number): number => Math.min(180, (angle * 180) / Math.PI);

const numberOf = (value: Value | undefined): number | undefined => (isNumber(value) ? toDouble(value) : undefined);

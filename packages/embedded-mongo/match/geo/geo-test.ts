import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import type { FieldTest, GeoOperator } from "../expression.ts";
import type { Geometry } from "./geometry.ts";
import { intersects } from "./intersects.ts";
import { parseNear } from "./near.ts";
import { parseGeoJson, parseStored } from "./parse-geometry.ts";
import { parseRegion } from "./parse-region.ts";

/** The test of a value by a geographic operator; `$near` passes what lies within its distances. @throws MongoError BadValue for a malformed argument */
export function geoTest(operator: GeoOperator, argument: Value): FieldTest {
  switch (operator) {
    case "$geoWithin":
      return ofShapes(parseRegion(argument));
    case "$geoIntersects": {
      const wanted = parseIntersects(argument);
      return ofShapes((geometry) => intersects(geometry, wanted));
    }
    case "$near":
    case "$nearSphere": {
      const near = parseNear(operator, argument);
      return (value) => {
        const distance = near.distance(value);
        return distance !== undefined && distance >= near.minDistance && distance <= near.maxDistance;
      };
    }
  }
}

const ofShapes =
  (test: (geometry: Geometry) => boolean): FieldTest =>
  (value) => {
    const geometry = parseStored(value);
    return geometry !== undefined && test(geometry);
  };

function parseIntersects(argument: Value): Geometry {
  const geometry = argument instanceof Document ? argument.get("$geometry") : undefined;
  if (geometry instanceof Document) return parseGeoJson(geometry);
  throw new MongoError("BadValue", `$geoIntersect not supported with provided geometry: ${formatValue(argument)}`);
}

import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import type { GeoOperator, MatchExpression } from "../expression.ts";
import { geoTest } from "../geo/geo-test.ts";
import type { FieldOperator } from "./operator.ts";

/** Reading the operand once shows its mistakes; the matcher reads it again. */
function parseGeo(path: string, operator: GeoOperator, argument: Value): MatchExpression {
  geoTest(operator, argument);
  return { kind: "geo", path, operator, argument };
}

const shapeOperator = (name: string, operator: GeoOperator): FieldOperator => ({
  name,
  parse: (path, operand) => parseGeo(path, operator, operand),
});

const limits = ["$maxDistance", "$minDistance"] as const;

/**
 * With a legacy pair, the distances stand beside the operator: they are moved into its argument. The same holds for GeoJSON that stands there
 * without `$geometry`.
 */
const nearOperator = (operator: "$near" | "$nearSphere"): FieldOperator => ({
  name: operator,
  parse(path, operand, _context, siblings) {
    const beside = limits.flatMap((name) => {
      const value = siblings.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return parseGeo(path, operator, nearArgument(operator, operand, beside));
  },
});

function nearArgument(operator: string, operand: Value, beside: readonly (readonly [string, Value])[]): Value {
  if (operand instanceof Document && operand.has("$geometry")) return operand;
  const isGeoJson = operand instanceof Document && operand.has("type");
  if (isGeoJson) return Document.from([["$geometry", operand], ...beside]);
  return beside.length === 0 ? operand : Document.from([[operator, operand], ...beside]);
}

const limitOperator = (name: string): FieldOperator => ({
  name,
  parse(_path, _operand, _context, siblings) {
    if (siblings.has("$near") || siblings.has("$nearSphere")) return undefined;
    throw new MongoError("BadValue", `${name} must be within $near or $nearSphere`);
  },
});

/** `$geoWithin $geoIntersects $near $nearSphere` (manual, "Geospatial Query Operators"). */
export const geoOperators: readonly FieldOperator[] = [
  shapeOperator("$geoWithin", "$geoWithin"),
  shapeOperator("$within", "$geoWithin"),
  shapeOperator("$geoIntersects", "$geoIntersects"),
  nearOperator("$near"),
  nearOperator("$nearSphere"),
  ...limits.map(limitOperator),
];

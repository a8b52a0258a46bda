import { MongoError } from "../../errors/mongo-error.ts";
import { compareValues } from "../../values/compare.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { DateValue } from "../../values/scalars.ts";
import { type TimeUnit, timeUnitOf } from "../dates/time-unit.ts";
import { parsePath } from "../expressions/field-path.ts";
import { asInteger, typeName } from "../expressions/values.ts";
import { argumentFields } from "../stages/argument-fields.ts";

/** A `$densify` that was parsed. */
export interface Densify {
  readonly field: readonly string[];
  readonly partitionFields: readonly string[];
  readonly step: NumberValue;
  readonly unit: TimeUnit | undefined;
  readonly bounds: "full" | "partition" | readonly [Value, Value];
}

/** @throws MongoError 5733201 and others for a malformed specification */
export function readDensify(argument: Value): Densify {
  const fields = argumentFields(argument, "$densify", ["field", "partitionByFields", "range"], {
    notObject: 5733800,
    unknown: 40415,
  });
  const [field, list = [], range] = ["field", "partitionByFields", "range"].map((name) => fields.get(name));
  if (typeof field !== "string")
    throw new MongoError(
      field === undefined ? 40414 : "TypeMismatch",
      "BSON field '$densify.field' is missing but a required field",
    );
  if (!(range instanceof Document))
    throw new MongoError(40414, "BSON field '$densify.range' is missing but a required field");
  if (!isArray(list)) throw new MongoError("TypeMismatch", "'partitionByFields' must be an array");
  const partitionFields = list.map((path) => {
    if (typeof path === "string") return path;
    throw new MongoError("TypeMismatch", "'partitionByFields' must be an array of strings");
  });
  const inside = partitionFields.find(
    (path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
  );
  if (inside !== undefined)
    throw new MongoError(8993000, "BSON field '$densify.partitionByFields' contains the field that is being densified");
  return { field: parsePath(field), partitionFields, ...readRange(range, partitionFields.length > 0) };
}

function readRange(range: Document, hasPartitions: boolean): Pick<Densify, "step" | "unit" | "bounds"> {
  for (const name of range.fields().keys()) {
    if (!["step", "unit", "bounds"].includes(name))
      throw new MongoError(40415, `BSON field '$densify.range.${name}' is an unknown field.`);
  }
  const [step, unit, bounds] = ["step", "unit", "bounds"].map((name) => range.get(name));
  if (!isNumber(step))
    throw new MongoError(
      step === undefined ? 40414 : "TypeMismatch",
      "the step parameter in a range statement must be a numeric value",
    );
  if (toDouble(step) <= 0)
    throw new MongoError(5733401, "the step parameter in a range statement must be a strictly positive numeric value");
  const by = unit === undefined ? undefined : timeUnitOf(unit, "$densify");
  if (by !== undefined && asInteger(step) === undefined) {
    throw new MongoError(
      6586400,
      "The step parameter in a range statement must be a whole number when densifying a date range",
    );
  }
  return { step, unit: by, bounds: readBounds(bounds, by, hasPartitions) };
}

function readBounds(bounds: Value | undefined, unit: TimeUnit | undefined, hasPartitions: boolean): Densify["bounds"] {
  if (bounds === "full") return "full";
  if (bounds === "partition") {
    if (hasPartitions) return "partition";
    throw new MongoError(
      5733408,
      "one may not specify the bounds as 'partition' without specifying a non-empty array of partitionByFields. You may have meant to specify 'full' bounds.",
    );
  }
  if (!isArray(bounds)) {
    throw new MongoError(
      bounds === undefined ? 40414 : 5946802,
      "Bounds string must either be 'full' or 'partition', or an array of two elements",
    );
  }
  const [from, to, ...more] = bounds;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new MongoError(5733403, "a bounding array in a range statement must have exactly two elements");
  }
  const isRight =
    unit === undefined ? isNumber(from) && isNumber(to) : from instanceof DateValue && to instanceof DateValue;
  if (!isRight) {
    throw new MongoError(
      unit === undefined ? 5733406 : 5733402,
      `a bounding array must contain ${unit === undefined ? "numeric values" : "dates"}, but has ${typeName(from)}`,
    );
  }
  if (compareValues(from, to) > 0) {
    throw new MongoError(
      5733402,
      "the bounds in a range statement must be the string 'full', 'partition', or an ascending array",
    );
  }
  return [from, to];
}

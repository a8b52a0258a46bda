import { MongoError } from "../../errors/mongo-error.ts";
import { add, multiply } from "../../values/arithmetic.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import { addUnits } from "../dates/time-unit.ts";
import { utc } from "../dates/time-zone.ts";
import { typeName } from "../expressions/values.ts";
import type { Densify } from "./densify-specification.ts";

/** The value so many steps behind a start; counted from the start, so that the last day of a month stays the last. */
export function stepFrom(start: Value, { step, unit }: Densify, count: number): Value {
  if (start instanceof DateValue && unit) return new DateValue(addUnits(start.ms, unit, toDouble(step) * count, utc));
  if (isNumber(start)) return count === 0 ? start : add(start, multiply(step, int32(count)));
  return start;
}

/** @throws MongoError 5733201, 6053600 for a value that steps cannot be made from */
export function checkValue(value: Value, { unit }: Densify): void {
  if (unit === undefined ? isNumber(value) : value instanceof DateValue) return;
  if (value instanceof DateValue || unit !== undefined)
    throw new MongoError(6053600, "$densify needs a unit with a field of dates, and none with a field of numbers");
  throw new MongoError(
    5733201,
    `Densify field type must be ${unit === undefined ? "numeric" : "a date"}, but is ${typeName(value)}`,
  );
}

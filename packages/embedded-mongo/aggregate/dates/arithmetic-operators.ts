import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import { DateValue } from "../../values/scalars.ts";
import { type NamedCodes, named } from "../expressions/arguments.ts";
import type { Operator, OperatorTable, Result } from "../expressions/expression.ts";
import { isNullish, typeName } from "../expressions/values.ts";
import { differenceInUnits, truncateToBin } from "./bins.ts";
import { asMoment } from "./date-operand.ts";
import { addUnits, isPossibleAmount, timeUnitOf, weekdayOf } from "./time-unit.ts";
import { timeZoneOf } from "./time-zone.ts";

const shiftCodes: NamedCodes = { notObject: 5166400, unknown: 5166401, missing: 5166402 };

/** `$dateAdd`, `$dateSubtract`, `$dateDiff` and `$dateTrunc`. */
export const dateArithmeticOperators: OperatorTable = {
  $dateAdd: shifting(1),
  $dateSubtract: shifting(-1),
  $dateDiff: named(
    ["startDate", "endDate", "unit"],
    ["timezone", "startOfWeek"],
    (values, name) => {
      const { startDate, endDate, unit, timezone, startOfWeek } = values;
      if (isNullish(startDate) || isNullish(endDate) || isNullish(unit)) return null;
      if ("timezone" in values && isNullish(timezone)) return null;
      const by = timeUnitOf(unit, name);
      const start = dateOf(startDate, name, "startDate", 5166307);
      const end = dateOf(endDate, name, "endDate", 5166307);
      const firstDay = weekStart(values, by, startOfWeek, name);
      return firstDay === undefined ? null : BigInt(differenceInUnits(start, end, by, timeZoneOf(timezone), firstDay));
    },
    { notObject: 5166301, unknown: 5166302, missing: [5166303, 5166304, 5166305] },
  ),
  $dateTrunc: named(
    ["date", "unit"],
    ["binSize", "timezone", "startOfWeek"],
    (values, name) => {
      const { date, unit, binSize, timezone, startOfWeek } = values;
      if (isNullish(date) || isNullish(unit)) return null;
      if ("binSize" in values && isNullish(binSize)) return null;
      if ("timezone" in values && isNullish(timezone)) return null;
      const ms = dateOf(date, name, "date", 5439012);
      const by = timeUnitOf(unit, name);
      const size = "binSize" in values ? binSizeOf(binSize) : 1;
      const firstDay = weekStart(values, by, startOfWeek, name);
      if (firstDay === undefined) return null;
      return new DateValue(truncateToBin(ms, by, size, timeZoneOf(timezone), firstDay));
    },
    { notObject: 5439007, unknown: 5439008, missing: [5439009, 5439010] },
  ),
};

function shifting(direction: 1 | -1): Operator {
  return named(
    ["startDate", "unit", "amount"],
    ["timezone"],
    (values, name) => {
      const { startDate, unit, amount, timezone } = values;
      if (isNullish(startDate) || isNullish(unit) || isNullish(amount)) return null;
      if ("timezone" in values && isNullish(timezone)) return null;
      const start = asMoment(startDate);
      if (start === undefined) {
        throw new MongoError(5166403, `${name} requires startDate to be convertible to a date`);
      }
      const by = timeUnitOf(unit, name);
      const whole = isNumber(amount) ? toInteger(amount) : undefined;
      if (whole === undefined) throw new MongoError(5166405, `${name} expects integer amount of time units`);
      if (!isPossibleAmount(whole, by)) {
        throw new MongoError(5976500, `invalid ${name} 'amount' parameter value: ${whole} ${by}`);
      }
      const moved = addUnits(start, by, direction * Number(whole), timeZoneOf(timezone));
      // What JavaScript's dates cannot hold has no calendar here.
      if (!(Math.abs(moved) <= 8.64e15)) throw new MongoError(5166406, `${name} overflowed`);
      return new DateValue(moved);
    },
    shiftCodes,
  );
}

function dateOf(value: Result, name: string, part: string, code: number): number {
  const ms = asMoment(value);
  if (ms === undefined)
    throw new MongoError(code, `${name} requires '${part}' to be a date, but got ${typeName(value)}`);
  return ms;
}

/** The first day of weeks; undefined when the answer is null. */
function weekStart(values: object, unit: string, startOfWeek: Result, name: string): number | undefined {
  if (unit !== "week" || !("startOfWeek" in values)) return 0;
  return isNullish(startOfWeek) ? undefined : weekdayOf(startOfWeek, name);
}

function binSizeOf(value: Result): number {
  const size = isNumber(value) ? toInteger(value) : undefined;
  if (size === undefined) {
    throw new MongoError(
      5439017,
      `$dateTrunc requires 'binSize' to be a 64-bit integer, but got value '${typeName(value)}'`,
    );
  }
  if (size <= 0n)
    throw new MongoError(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
  return Number(size);
}

import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import { named } from "../expressions/arguments.ts";
import type { OperatorTable, Result } from "../expressions/expression.ts";
import { asInteger, isNullish, typeName } from "../expressions/values.ts";
import { dayMs, isoWeek, isoWeekday, isoYearStart, momentOf, partsOf } from "./calendar.ts";
import { momentFrom } from "./date-operand.ts";
import { timeZoneOf } from "./time-zone.ts";

const time = ["hour", "minute", "second", "millisecond"] as const;
const calendarDate = ["year", "month", "day"] as const;
const weekDate = ["isoWeekYear", "isoWeek", "isoDayOfWeek"] as const;

/** `$dateToParts` and `$dateFromParts`. */
export const datePartsOperators: OperatorTable = {
  $dateToParts: named(
    ["date"],
    ["timezone", "iso8601"],
    (values) => {
      const { date, timezone, iso8601 } = values;
      if (isNullish(date) || ("timezone" in values && isNullish(timezone))) return null;
      if ("iso8601" in values && isNullish(iso8601)) return null;
      if (iso8601 !== undefined && typeof iso8601 !== "boolean") {
        throw new MongoError(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
      }
      const ms = momentFrom(date);
      return toParts(ms + timeZoneOf(timezone).offsetAt(ms), iso8601 === true);
    },
    { notObject: 40524, unknown: 40520, missing: 40522 },
  ),
  $dateFromParts: named(
    [],
    [...calendarDate, ...weekDate, ...time, "timezone"],
    (values) => {
      const isIso = "isoWeekYear" in values;
      if (!isIso && !("year" in values)) {
        throw new MongoError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
      }
      const forbidden = (isIso ? calendarDate : weekDate).find((name) => name in values);
      if (forbidden) {
        throw new MongoError(
          isIso ? 40525 : 40489,
          `$dateFromParts does not allow mixing natural dates with ISO dates`,
        );
      }
      if (Object.values(values).some(isNullish)) return null;
      const [year = 0, second = 1, third = 1] = (isIso ? weekDate : calendarDate).map((name) =>
        partOf(values, name, 1),
      );
      if (year < 1 || year > 9999) {
        throw new MongoError(
          isIso ? 31095 : 40523,
          `'${isIso ? "isoWeekYear" : "year"}' must evaluate to an integer in the range 1 to 9999, found ${year}`,
        );
      }
      const [hour = 0, minute = 0, seconds = 0, ms = 0] = time.map((name) => partOf(values, name, 0));
      const day = isIso ? isoYearStart(year) + ((second - 1) * 7 + third - 1) * dayMs : momentOf(year, second, third);
      return new DateValue(timeZoneOf(values.timezone).toUtc(day + momentOf(1970, 1, 1, hour, minute, seconds, ms)));
    },
    { notObject: 40519, unknown: 40518 },
  ),
};

function toParts(local: number, isIso: boolean): Document {
  const parts = partsOf(local);
  const week = isoWeek(local);
  const date: readonly (readonly [string, number])[] = isIso
    ? [
        ["isoWeekYear", week.year],
        ["isoWeek", week.week],
        ["isoDayOfWeek", isoWeekday(local)],
      ]
    : [
        ["year", parts.year],
        ["month", parts.month],
        ["day", parts.day],
      ];
  return Document.from(
    [...date, ...time.map((name) => [name, parts[name]] as const)].map(([name, value]): [string, Value] => [
      name,
      int32(value),
    ]),
  );
}

function partOf(values: Readonly<Record<string, Result>>, name: string, fallback: number): number {
  if (!(name in values)) return fallback;
  const value = values[name];
  const integer = isNumber(value) ? asInteger(value) : undefined;
  if (integer === undefined) {
    throw new MongoError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
  }
  if (integer < -32768 || integer > 32767) {
    throw new MongoError(31034, `'${name}' must evaluate to a value in the range [-32768, 32767]; value is ${integer}`);
  }
  return integer;
}

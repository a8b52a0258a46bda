import { MongoError } from "../../errors/mongo-error.ts";
import type { Result } from "../expressions/expression.ts";
import { typeName } from "../expressions/values.ts";
import { dayMs, daysInMonth, momentOf, partsOf } from "./calendar.ts";
import type { TimeZone } from "./time-zone.ts";

/** Units whose length is the same always, in milliseconds; days are so in local time. */
const fixed = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: dayMs,
  week: 7 * dayMs,
} as const;

/** Units of the calendar, in months. */
const calendar = { month: 1, quarter: 3, year: 12 } as const;

export type TimeUnit = keyof typeof fixed | keyof typeof calendar;

/** How long a unit is: in milliseconds, or in months. */
export function lengthOf(unit: TimeUnit): { readonly ms: number } | { readonly months: number } {
  return isCalendar(unit) ? { months: calendar[unit] } : { ms: fixed[unit] };
}

const isCalendar = (unit: TimeUnit): unit is keyof typeof calendar => unit in calendar;

/** Whether moments of this unit are the same in all zones: hours and what is shorter. */
export const isAbsolute = (unit: TimeUnit): boolean => !isCalendar(unit) && fixed[unit] < dayMs;

// The shortest months have 28 days.
const leastMonthMs = 28 * dayMs;

/** Whether so many units fit into the milliseconds of 64 bits at all. */
export function isPossibleAmount(amount: bigint, unit: TimeUnit): boolean {
  const length = lengthOf(unit);
  const unitMs = "ms" in length ? length.ms : length.months * leastMonthMs;
  return Math.abs(Number(amount)) < 2 ** 63 / unitMs;
}

/** @throws MongoError FailedToParse for another text, 5439013 for what is no text */
export function timeUnitOf(value: Result, name: string): TimeUnit {
  if (typeof value !== "string") {
    throw new MongoError(5439013, `${name} requires 'unit' to be a string, but got ${typeName(value)}`);
  }
  if (value in fixed || value in calendar) return value as TimeUnit;
  throw new MongoError("FailedToParse", `unknown time unit value: ${value}`);
}

/** A moment some units later. Days and longer units keep the local time; a day that a month does not have is its last. */
export function addUnits(ms: number, unit: TimeUnit, amount: number, zone: TimeZone): number {
  const length = lengthOf(unit);
  if (isAbsolute(unit) && "ms" in length) return ms + amount * length.ms;
  const local = ms + zone.offsetAt(ms);
  return zone.toUtc("ms" in length ? local + amount * length.ms : addMonths(local, amount * length.months));
}

function addMonths(local: number, months: number): number {
  const { year, month, day } = partsOf(local);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const timeOfDay = local - momentOf(year, month, day);
  return momentOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth))) + timeOfDay;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The number of a day's name or its first three letters, 0 for Sunday. @throws MongoError 5439015, 5439016 */
export function weekdayOf(value: Result, name: string): number {
  if (typeof value !== "string") {
    throw new MongoError(5439015, `${name} requires 'startOfWeek' to be a string, but got ${typeName(value)}`);
  }
  const found = weekdays.findIndex((day) => day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase());
  if (found < 0)
    throw new MongoError(5439016, `${name} requires 'startOfWeek' to be a day of the week, but got ${value}`);
  return found;
}

import { MongoError } from "../../errors/mongo-error.ts";
import { dayMs, daysInMonth, isoYearStart, momentOf } from "./calendar.ts";
import { parseByFormat, type ReadDate } from "./parse-format.ts";
import { type TimeZone, timeZoneOf } from "./time-zone.ts";

/** Reads a date from text, in a zone when the text names none. @throws MongoError ConversionFailure */
export function parseDate(text: string, format: string | undefined, zone: TimeZone | undefined): number {
  const read = format === undefined ? readFree(text) : parseByFormat(text, format);
  if (!read) throw notADate(text, format === undefined ? "unknown format" : `it does not match the format '${format}'`);
  checkRanges(read, text);
  if (read.zone !== undefined && zone && !zone.isUtc) {
    throw notADate(text, `passing a time zone identifier as part of the string is not allowed with 'timezone'`);
  }
  return (read.zone === undefined ? (zone ?? timeZoneOf(undefined)) : timeZoneOf(read.zone)).toUtc(
    localMoment(read, text),
  );
}

const notADate = (text: string, reason: string): MongoError =>
  new MongoError("ConversionFailure", `Error parsing date string '${text}'; ${reason}`);

function localMoment(read: ReadDate, text: string): number {
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = read;
  const time = hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
  if (read.isoYear !== undefined) {
    return isoYearStart(read.isoYear) + ((read.isoWeek ?? 1) - 1) * 7 * dayMs + ((read.isoDay ?? 1) - 1) * dayMs + time;
  }
  if (read.year === undefined)
    throw notADate(text, "an incomplete date/time string has been found, with elements missing");
  if (read.dayOfYear !== undefined) return momentOf(read.year, 1, read.dayOfYear) + time;
  if (read.month === undefined || read.day === undefined) {
    throw notADate(text, "an incomplete date/time string has been found, with elements missing");
  }
  if (read.day > daysInMonth(read.year, read.month)) throw notADate(text, "The parsed date was invalid");
  return momentOf(read.year, read.month, read.day) + time;
}

const limits: readonly (readonly [keyof ReadDate, number, number])[] = [
  ["month", 1, 12],
  ["day", 1, 31],
  ["hour", 0, 24],
  ["minute", 0, 59],
  ["second", 0, 59],
  ["dayOfYear", 1, 366],
  ["isoWeek", 1, 53],
];

function checkRanges(read: ReadDate, text: string): void {
  for (const [field, least, most] of limits) {
    const value = read[field];
    if (typeof value === "number" && (value < least || value > most)) throw notADate(text, `${field} is out of range`);
  }
}

const clock = "(?:[Tt ,]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?";
const zoned = "\\s*(Z|[+-]\\d{2}:?\\d{2}|[+-]\\d{2}|[A-Za-z]+(?:/[A-Za-z_]+)*)?";
const forms: readonly (readonly [RegExp, order: readonly [year: number, month: number, day: number]])[] = [
  [new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${clock}${zoned}$`), [1, 2, 3]],
  [new RegExp(`^(\\d{4})/(\\d{1,2})/(\\d{1,2})${clock}${zoned}$`), [1, 2, 3]],
  [new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${clock}${zoned}$`), [1, 2, 3]],
  [new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})${clock}${zoned}$`), [3, 1, 2]],
  [new RegExp(`^(\\d{1,2})[-.](\\d{1,2})[-.](\\d{4})${clock}${zoned}$`), [3, 2, 1]],
  [new RegExp(`^([A-Za-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${clock}${zoned}$`), [3, 1, 2]],
  [new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\\.?,? (\\d{4})${clock}${zoned}$`), [3, 2, 1]],
];

/** The forms that are common in data, ISO 8601's first; MongoDB's library knows more. */
function readFree(text: string): ReadDate | undefined {
  const trimmed = text.trim();
  for (const [form, [year, month, day]] of forms) {
    const found = form.exec(trimmed);
    if (!found) continue;
    const monthText = found[month] ?? "";
    const monthNumber = /^\d/.test(monthText)
      ? Number(monthText)
      : (parseByFormat(monthText.slice(0, 3), "%b")?.month ?? 0);
    const read: ReadDate = { year: Number(found[year]), month: monthNumber, day: Number(found[day]) };
    if (found[4] !== undefined) {
      read.hour = Number(found[4]);
      read.minute = Number(found[5]);
      read.second = Number(found[6] ?? 0);
      read.millisecond = Number((found[7] ?? "0").padEnd(3, "0").slice(0, 3));
    }
    if (found[8] !== undefined) read.zone = found[8];
    return read;
  }
  return undefined;
}

import { MongoError } from "../../errors/mongo-error.ts";
import { type DateParts, dayOfYear, isoWeek, isoWeekday, partsOf, weekday, weekOfYear } from "./calendar.ts";
import type { TimeZone } from "./time-zone.ts";

export const monthNames: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

interface LocalTime {
  readonly ms: number;
  readonly offsetMs: number;
  readonly parts: DateParts;
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

function offsetText(offsetMs: number): string {
  const minutes = Math.trunc(Math.abs(offsetMs) / 60_000);
  return `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

/** Manual, "$dateToString", Format Specifiers. */
const specifiers: Readonly<Record<string, (time: LocalTime) => string>> = {
  "%": () => "%",
  b: ({ parts }) => (monthNames[parts.month - 1] ?? "").slice(0, 3),
  B: ({ parts }) => monthNames[parts.month - 1] ?? "",
  d: ({ parts }) => pad(parts.day, 2),
  G: ({ ms }) => pad(isoWeek(ms).year, 4),
  H: ({ parts }) => pad(parts.hour, 2),
  j: ({ ms }) => pad(dayOfYear(ms), 3),
  L: ({ parts }) => pad(parts.millisecond, 3),
  m: ({ parts }) => pad(parts.month, 2),
  M: ({ parts }) => pad(parts.minute, 2),
  S: ({ parts }) => pad(parts.second, 2),
  u: ({ ms }) => String(isoWeekday(ms)),
  U: ({ ms }) => pad(weekOfYear(ms), 2),
  V: ({ ms }) => pad(isoWeek(ms).week, 2),
  w: ({ ms }) => String(weekday(ms) + 1),
  Y: ({ parts }) => pad(parts.year, 4),
  z: ({ offsetMs }) => offsetText(offsetMs),
  Z: ({ offsetMs }) => String(Math.trunc(offsetMs / 60_000)),
};

/** @throws MongoError 18535, 18536 for a format that has other specifiers */
export function checkFormat(format: string): void {
  for (let at = format.indexOf("%"); at >= 0; at = format.indexOf("%", at + 2)) {
    const specifier = format[at + 1];
    if (specifier === undefined) throw new MongoError(18535, "Unmatched '%' at end of format string");
    if (!(specifier in specifiers)) {
      throw new MongoError(18536, `Invalid format character '%${specifier}' in format string`);
    }
  }
}

/** A moment as text. The format was checked. @throws MongoError 18537 for a year that has no four digits */
export function formatDate(ms: number, format: string, zone: TimeZone): string {
  const offsetMs = zone.offsetAt(ms);
  const parts = partsOf(ms + offsetMs);
  if (parts.year < 0 || parts.year > 9999) {
    throw new MongoError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${parts.year}`,
    );
  }
  const time = { ms: ms + offsetMs, offsetMs, parts };
  return format.replace(/%(.)/gs, (_, specifier: string) => specifiers[specifier]?.(time) ?? "");
}

// The Gregorian calendar, also before its time, on milliseconds since 1970; local times are shifted by their offset beforehand.

export const dayMs = 86_400_000;

/** A date and time in its parts. */
export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

export function partsOf(ms: number): DateParts {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** The moment of these parts; each may be above or below its range and then carries over. */
export function momentOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, 1);
  return date.getTime() + (day - 1) * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

export const daysInMonth = (year: number, month: number): number =>
  (momentOf(year, month + 1, 1) - momentOf(year, month, 1)) / dayMs;

const dayNumber = (ms: number): number => Math.floor(ms / dayMs);

/** 0 is Sunday. */
export const weekday = (ms: number): number => (((dayNumber(ms) + 4) % 7) + 7) % 7;

/** 1 is Monday (ISO 8601). */
export const isoWeekday = (ms: number): number => weekday(ms) || 7;

/** 1 to 366. */
export const dayOfYear = (ms: number): number => dayNumber(ms) - dayNumber(momentOf(partsOf(ms).year, 1, 1)) + 1;

/** Weeks begin on Sundays; days before the first Sunday are in week 0 (C's `%U`). */
export const weekOfYear = (ms: number): number => Math.floor((dayOfYear(ms) + 6 - weekday(ms)) / 7);

/** The year and week of ISO 8601: week 1 has the year's first Thursday. */
export function isoWeek(ms: number): { readonly year: number; readonly week: number } {
  const thursday = ms + (4 - isoWeekday(ms)) * dayMs;
  return { year: partsOf(thursday).year, week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** The Monday of week 1 of an ISO year. */
export function isoYearStart(year: number): number {
  const fourth = momentOf(year, 1, 4);
  return fourth - (isoWeekday(fourth) - 1) * dayMs;
}

import type { Variables } from "./variable.ts";

/** What the clock says. */
export const timeVariables: Variables = {
  msec: () => (Date.now() / 1000).toFixed(3),
  time_iso8601: () => isoTime(new Date()),
  time_local: () => localTime(new Date()),
  date_gmt: () => new Date().toUTCString(),
  date_local: () => localTime(new Date()),
  request_time: ({ startedAt }) => ((performance.now() - startedAt) / 1000).toFixed(3),
};

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `2026-11-25T08:00:00+00:00`. */
function isoTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${offset(date, ":")}`;
}

/** `25/Nov/2026:08:00:00 +0000`. */
function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${two(date.getDate())}/${months[date.getMonth()]}/${date.getFullYear()}:${time} ${offset(date, "")}`;
}

function offset(date: Date, separator: string): string {
  const minutes = -date.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}${separator}${two(minutes % 60)}`;
}

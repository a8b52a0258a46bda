import { MongoError } from "../../errors/mongo-error.ts";
import { monthNames } from "./format-date.ts";

/** What a text said of a date; what it did not say is not there. */
export interface ReadDate {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  isoYear?: number;
  isoWeek?: number;
  isoDay?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  /** An offset or a zone's name. */
  zone?: string;
}

interface Specifier {
  readonly pattern: string;
  read(into: ReadDate, text: string): void;
}

const numbers = (pattern: string, field: Exclude<keyof ReadDate, "zone">): Specifier => ({
  pattern,
  read: (into, text) => {
    into[field] = Number(text);
  },
});

function monthOf(text: string): number {
  const start = text.slice(0, 3).toLowerCase();
  return monthNames.findIndex((name) => name.toLowerCase().startsWith(start)) + 1;
}

const monthName = (names: readonly string[]): Specifier => ({
  pattern: names.join("|"),
  read: (into, text) => {
    into.month = monthOf(text);
  },
});

/** Manual, "$dateFromString", Format Specifiers. */
const specifiers: Readonly<Record<string, Specifier>> = {
  b: monthName(monthNames.map((name) => name.slice(0, 3))),
  B: monthName(monthNames),
  d: numbers("\\d{1,2}", "day"),
  G: numbers("\\d{4}", "isoYear"),
  H: numbers("\\d{1,2}", "hour"),
  j: numbers("\\d{1,3}", "dayOfYear"),
  L: {
    pattern: "\\d{1,3}",
    read: (into, text) => {
      into.millisecond = Number(text.padEnd(3, "0"));
    },
  },
  m: numbers("\\d{1,2}", "month"),
  M: numbers("\\d{1,2}", "minute"),
  S: numbers("\\d{1,2}", "second"),
  u: numbers("[1-7]", "isoDay"),
  V: numbers("\\d{1,2}", "isoWeek"),
  Y: numbers("\\d{4}", "year"),
  z: {
    pattern: "[+-]\\d\\d:?\\d\\d|[+-]\\d\\d|Z|UTC|GMT",
    read: (into, text) => {
      into.zone = text;
    },
  },
  Z: {
    pattern: "[+-]\\d+",
    read: (into, text) => {
      const minutes = Math.abs(Number(text));
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
      into.zone = `${text.startsWith("-") ? "-" : "+"}${hours}${rest}`;
    },
  },
};

/** Reads text by a format; undefined when it has another form. @throws MongoError 18535, 18536 for an unknown specifier */
export function parseByFormat(text: string, format: string): ReadDate | undefined {
  const readers: Specifier[] = [];
  let source = "";
  for (let at = 0; at < format.length; at++) {
    const letter = format[at] ?? "";
    if (letter !== "%") {
      source += letter.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
      continue;
    }
    const name = format[++at];
    if (name === undefined) throw new MongoError(18535, "Unmatched '%' at end of format string");
    const specifier = specifiers[name];
    if (specifier) {
      readers.push(specifier);
      source += `(${specifier.pattern})`;
    } else if (name === "%") source += "%";
    else throw new MongoError(18536, `Invalid format character '%${name}' in format string`);
  }
  const found = new RegExp(`^${source}$`, "i").exec(text);
  if (!found) return undefined;
  const read: ReadDate = {};
  for (const [index, reader] of readers.entries()) reader.read(read, found[index + 1] ?? "");
  return read;
}

import { MongoError } from "../../errors/mongo-error.ts";
import type { Result } from "../expressions/expression.ts";
import { typeName } from "../expressions/values.ts";

/** Where local time stands against UTC. */
export interface TimeZone {
  readonly isUtc: boolean;
  /** Milliseconds that local time is ahead of UTC at this moment. */
  offsetAt(ms: number): number;
  /** The moment of a local time. One that a change of clocks leaves out is taken as if the clock had not changed. */
  toUtc(localMs: number): number;
}

/** Coordinated universal time. */
export const utc: TimeZone = { isUtc: true, offsetAt: () => 0, toUtc: (ms) => ms };

const zones = new Map<string, TimeZone>();

/** A zone by its Olson name or as `+hh`, `+hhmm` or `+hh:mm`; UTC when nothing is given. @throws MongoError 40485, 40517 */
export function timeZoneOf(value: Result): TimeZone {
  if (value === undefined) return utc;
  if (typeof value !== "string") {
    throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  }
  const known = zones.get(value);
  if (known) return known;
  const zone = fixedZone(value) ?? namedZone(value);
  if (!zone) throw new MongoError(40485, `unrecognized time zone identifier: "${value}"`);
  zones.set(value, zone);
  return zone;
}

function fixedZone(text: string): TimeZone | undefined {
  if (text === "UTC" || text === "GMT" || text === "Z") return utc;
  const parts = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, hours, minutes = "0"] = parts;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { isUtc: false, offsetAt: () => offset, toUtc: (ms) => ms - offset };
}

// Offsets change at quarters of an hour at most often; one answer serves all moments within.
const blockMs = 900_000;
const mostBlocks = 10_000;

function namedZone(name: string): TimeZone | undefined {
  const clock = clockOf(name);
  if (!clock) return undefined;
  const blocks = new Map<number, number>();
  const offsetAt = (ms: number): number => {
    const block = Math.floor(ms / blockMs);
    const known = blocks.get(block);
    if (known !== undefined) return known;
    if (blocks.size >= mostBlocks) blocks.clear();
    const offset = readOffset(clock, block * blockMs);
    blocks.set(block, offset);
    return offset;
  };
  const toUtc = (localMs: number): number => {
    const before = offsetAt(localMs - 86_400_000);
    const guess = localMs - before;
    if (offsetAt(guess) === before) return guess;
    const after = offsetAt(localMs + 86_400_000);
    return offsetAt(localMs - after) === after ? localMs - after : guess;
  };
  return { isUtc: false, offsetAt, toUtc };
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const part = "numeric" as const;
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: part,
      month: part,
      day: part,
      hour: part,
      minute: part,
      second: part,
    });
  } catch {
    return undefined;
  }
}

function readOffset(clock: Intl.DateTimeFormat, ms: number): number {
  const parts = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - part("year") : part("year");
  const local = new Date(0);
  local.setUTCFullYear(year, part("month") - 1, part("day"));
  local.setUTCHours(part("hour"), part("minute"), part("second"));
  return local.getTime() - ms;
}

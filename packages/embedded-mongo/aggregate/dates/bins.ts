import { dayMs, momentOf, partsOf, weekday } from "./calendar.ts";
import { isAbsolute, lengthOf, type TimeUnit } from "./time-unit.ts";
import type { TimeZone } from "./time-zone.ts";

/** How many boundaries of a unit lie between two moments (manual, "$dateDiff", Behavior); negative when the end is the earlier one. */
export function differenceInUnits(
  start: number,
  end: number,
  unit: TimeUnit,
  zone: TimeZone,
  firstDay: number,
): number {
  const [startOffset, endOffset] = [zone.offsetAt(start), zone.offsetAt(end)];
  const boundary = (local: number) => boundaryNumber(local, unit, firstDay);
  const count = boundary(end + endOffset) - boundary(start + startOffset);
  const length = lengthOf(unit);
  // A change of clocks is no time that passes.
  return isAbsolute(unit) && "ms" in length ? count + Math.trunc((startOffset - endOffset) / length.ms) : count;
}

function boundaryNumber(local: number, unit: TimeUnit, firstDay: number): number {
  const length = lengthOf(unit);
  if ("months" in length) {
    const { year, month } = partsOf(local);
    return Math.floor((year * 12 + month - 1) / length.months);
  }
  // 1970 began on a Thursday.
  const shift = unit === "week" ? (4 - firstDay) * dayMs : 0;
  return Math.floor((local + shift) / length.ms);
}

// Bins are counted from here, in local time (manual, "$dateTrunc", Behavior).
const reference = momentOf(2000, 1, 1);

/** The start of the bin, of `size` units, that a moment lies in. */
export function truncateToBin(ms: number, unit: TimeUnit, size: number, zone: TimeZone, firstDay: number): number {
  const length = lengthOf(unit);
  if ("ms" in length && isAbsolute(unit)) {
    const origin = zone.toUtc(reference);
    return origin + floorTo(ms - origin, length.ms * size);
  }
  const local = ms + zone.offsetAt(ms);
  if ("ms" in length) {
    const origin = unit === "week" ? firstOnOrAfter(reference, firstDay) : reference;
    return zone.toUtc(origin + floorTo(local - origin, length.ms * size));
  }
  const { year, month } = partsOf(local);
  const months = floorTo((year - 2000) * 12 + month - 1, length.months * size);
  return zone.toUtc(momentOf(2000, 1 + months, 1));
}

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;

const firstOnOrAfter = (local: number, day: number): number => local + ((day - weekday(local) + 7) % 7) * dayMs;

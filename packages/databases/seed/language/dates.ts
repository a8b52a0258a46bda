import type { RandomSource } from "./amounts.ts";
import { type Span, spanMs } from "./duration.ts";
import { theMoment } from "./moment.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Where dates lie. Times are UTC. */
export interface DateWindow {
  /** Up to the dataset's present; else from `from` to `to`. @example last: "90d" */
  readonly last?: Span;
  readonly from?: Date | string;
  /** Without it: the dataset's present. */
  readonly to?: Date | string;
  /** Seven weights from Monday on, or a shape. @example weekdays: [1, 1, 1, 1, 1.5, 3, 2] */
  readonly weekdays?: readonly number[] | keyof typeof weekShapes;
  /** Twenty-four weights from midnight on, or a shape. @example hours: "office" */
  readonly hours?: readonly number[] | keyof typeof dayShapes;
}

const weekShapes = {
  even: [1, 1, 1, 1, 1, 1, 1],
  workdays: [1, 1, 1, 1, 1, 0, 0],
  weekend: [1, 1, 1, 1, 1.5, 2.5, 2],
} as const;

const dayShapes = {
  even: Array.from({ length: 24 }, () => 1),
  office: [0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 9, 8, 4, 7, 9, 8, 7, 4, 1, 0, 0, 0, 0, 0],
  shop: [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 4, 6, 7, 7, 8, 7, 6, 6, 7, 8, 9, 10, 10, 8, 5, 2],
} as const;

/**
 * A date in a window, more often on some weekdays and hours than on others.
 * @example placedAt: dateIn({ last: "90d", weekdays: "weekend", hours: "shop" })
 * @throws RangeError when the window is empty or a shape has no weight in it
 */
export function dateIn(window: DateWindow): Date {
  const { random, now } = theMoment("dateIn");
  const { from, to } = boundsOf(window, now);
  const week = window.weekdays === undefined ? undefined : weekOf(window.weekdays);
  const hours = window.hours === undefined ? undefined : hoursOf(window.hours);
  if (!week && !hours) return new Date(from + Math.floor(random.next() * (to - from)));
  // Chances that are refused: the date is drawn anew until one is taken, which keeps the ends of the window exact.
  const mostLikely = Math.max(...(week ?? [1])) * Math.max(...(hours ?? [1]));
  for (let tries = 0; tries < 10_000; tries++) {
    const time = from + Math.floor(random.next() * (to - from));
    const weight = (week?.[weekdayOf(time)] ?? 1) * (hours?.[hourOf(time)] ?? 1);
    if (random.next() * mostLikely < weight) return new Date(time);
  }
  throw new RangeError("dateIn: the window has no hour with a weight above 0");
}

/** A date after another, and not after the present. @example paidAt: dateAfter(placedAt, "1m", "3d") */
export function dateAfter(earlier: Date, least: Span, most: Span): Date {
  const { random, now } = theMoment("dateAfter");
  return new Date(Math.min(Math.max(now, earlier.getTime()), earlier.getTime() + spanBetween(random, least, most)));
}

/** A span between two, in whole milliseconds. */
export function spanBetween(random: RandomSource, least: Span, most: Span): number {
  const [low, high] = [spanMs(least), spanMs(most)];
  return Math.round(low + random.next() * (high - low));
}

function boundsOf({ last, from, to }: DateWindow, now: number): { readonly from: number; readonly to: number } {
  const end = to === undefined ? now : new Date(to).getTime();
  const begin =
    last !== undefined ? end - spanMs(last) : from === undefined ? end - 365 * dayMs : new Date(from).getTime();
  if (!(begin < end)) throw new RangeError("dateIn: the window ends before it begins");
  return { from: begin, to: end };
}

const weekOf = (shape: NonNullable<DateWindow["weekdays"]>) => (typeof shape === "string" ? weekShapes[shape] : shape);
const hoursOf = (shape: NonNullable<DateWindow["hours"]>) => (typeof shape === "string" ? dayShapes[shape] : shape);
// 1970-01-01 was a Thursday: three days after Monday.
const weekdayOf = (time: number): number => (((Math.floor(time / dayMs) + 3) % 7) + 7) % 7;
const hourOf = (time: number): number => ((Math.floor(time / hourMs) % 24) + 24) % 24;

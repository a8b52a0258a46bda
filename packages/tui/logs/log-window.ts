import type { Line } from "../text/line.ts";
import type { LogBuffer, LogEntry } from "./log-buffer.ts";
import { entryRows, type LogLayout } from "./log-row.ts";

/** What part of a log is on the screen: its end, as it grows, or the rows from one row of one entry on. */
export type LogPosition = "follow" | { readonly top: number; readonly row: number };

/** One row of a log on the screen. */
export interface LogRow {
  readonly entry: LogEntry;
  readonly line: Line;
}

interface Place {
  readonly index: number;
  readonly row: number;
}

/** The rows that are on the screen, `height` at most. */
export function windowRows(log: LogBuffer, position: LogPosition, layout: LogLayout): readonly LogRow[] {
  const start = placeOf(log, position, layout);
  const rows: LogRow[] = [];
  for (let index = start.index; rows.length < layout.height; index++) {
    const entry = log.at(index);
    if (!entry) break;
    const lines = entryRows(entry, layout);
    for (const line of index === start.index ? lines.slice(start.row) : lines) rows.push({ entry, line });
  }
  return rows.slice(0, layout.height);
}

/** Moves by rows, up where negative; arriving at the end is following again. */
export function scrollBy(log: LogBuffer, position: LogPosition, layout: LogLayout, rows: number): LogPosition {
  const start = placeOf(log, position, layout);
  const moved = rows < 0 ? back(log, start, layout, -rows) : ahead(log, start, layout, rows);
  if (rows > 0 && !isBefore(moved, endPlace(log, layout))) return "follow";
  return positionAt(log, moved);
}

/** The very beginning of what is kept. */
export const startPosition = (log: LogBuffer): LogPosition => positionAt(log, { index: 0, row: 0 });

/** Whether nothing is above what is on the screen. */
export function isAtStart(log: LogBuffer, position: LogPosition, layout: LogLayout): boolean {
  const { index, row } = placeOf(log, position, layout);
  return index === 0 && row === 0;
}

/** Moves no further than needed so that the entry with this order is on the screen. */
export function reveal(log: LogBuffer, position: LogPosition, layout: LogLayout, order: number): LogPosition {
  const target = log.indexOf(order);
  const start = placeOf(log, position, layout);
  if (target < start.index || (target === start.index && start.row > 0))
    return positionAt(log, { index: target, row: 0 });
  const lowest = back(log, { index: target + 1, row: 0 }, layout, layout.height);
  return isBefore(start, lowest) ? positionAt(log, lowest) : positionAt(log, start);
}

function placeOf(log: LogBuffer, position: LogPosition, layout: LogLayout): Place {
  const end = endPlace(log, layout);
  if (position === "follow") return end;
  const index = log.indexOf(position.top);
  const isThere = log.at(index)?.order === position.top;
  const place = { index, row: isThere ? Math.min(position.row, heightAt(log, index, layout) - 1) : 0 };
  return isBefore(place, end) ? place : end;
}

const positionAt = (log: LogBuffer, place: Place): LogPosition => {
  const entry = log.at(place.index);
  return entry ? { top: entry.order, row: place.row } : "follow";
};

const isBefore = (a: Place, b: Place): boolean => a.index < b.index || (a.index === b.index && a.row < b.row);

/** Where the screen begins when the last row of the log is its last row. */
const endPlace = (log: LogBuffer, layout: LogLayout): Place =>
  back(log, { index: log.length, row: 0 }, layout, layout.height);

function back(log: LogBuffer, from: Place, layout: LogLayout, rows: number): Place {
  let { index, row } = from;
  let left = rows;
  while (left > row) {
    if (index === 0) return { index: 0, row: 0 };
    left -= row;
    index -= 1;
    row = heightAt(log, index, layout);
  }
  return { index, row: row - left };
}

function ahead(log: LogBuffer, from: Place, layout: LogLayout, rows: number): Place {
  let { index, row } = from;
  let left = rows;
  while (index < log.length) {
    const below = heightAt(log, index, layout) - row;
    if (left < below) return { index, row: row + left };
    left -= below;
    index += 1;
    row = 0;
  }
  return { index, row };
}

function heightAt(log: LogBuffer, index: number, layout: LogLayout): number {
  const entry = log.at(index);
  return entry && layout.isWrapped ? entryRows(entry, layout).length : 1;
}

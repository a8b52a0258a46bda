/**
 * How far each container's log was read. `write` is called right after the lines up to that point were emitted, so a store
 * that keeps both in one write neither loses nor repeats a line. Both calls are synchronous and do not throw.
 */
export interface LogCursors {
  read(containerId: string): string | undefined;
  write(containerId: string, cursor: string): void;
}

/** Cursors that live as long as this process. */
export function createMemoryCursors(): LogCursors {
  const cursors = new Map<string, string>();
  return { read: (id) => cursors.get(id), write: (id, cursor) => cursors.set(id, cursor) };
}

/** A place in a log: the engine's time stamp of the last line, and how many lines with that very stamp were read. */
export interface LogPlace {
  /** RFC 3339 with nine digits of nanoseconds, as the engine writes it. */
  readonly stamp: string;
  readonly count: number;
}

/** A place as text. */
export function formatCursor({ stamp, count }: LogPlace): string {
  return `${stamp}/${count}`;
}

/** The place that a text names; undefined where it is none. */
export function parseCursor(text: string): LogPlace | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)\/(\d+)$/.exec(text);
  return match?.[1] === undefined ? undefined : { stamp: match[1], count: Number(match[2]) };
}

/** A stamp as the engine's `since` takes it: seconds, a dot, nanoseconds. */
export function sinceOf(stamp: string): string {
  const [, nanoseconds = "000000000"] = /\.(\d{9})Z$/.exec(stamp) ?? [];
  return `${Math.floor(Date.parse(stamp) / 1000)}.${nanoseconds}`;
}

import type { Problem } from "@drydock/core";

/** A text and where it came from. */
export interface Source {
  /** As messages name it: relative to the caller's directory where it lies below it. */
  readonly label: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Offset of each line's first character. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a source, as offsets; `end` is exclusive. */
export interface Place {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Indexes the lines of a text. */
export function sourceOf(path: string, label: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { label, path, text, lineStarts };
}

/** The whole of a source, for what has no better place. */
export function startOf(source: Source): Place {
  return { source, start: 0, end: 0 };
}

/** Turns a place into line, column, length and the line's text. A place of several lines is underlined to the end of its first. */
export function locate(place: Place): Omit<Problem, "message" | "hint"> {
  const { source, start } = place;
  const index = lineOf(source, start);
  const lineStart = source.lineStarts[index] ?? 0;
  const next = source.lineStarts[index + 1];
  const excerpt = source.text.slice(lineStart, next === undefined ? undefined : next - 1).replace(/\r$/, "");
  const column = Math.min(start - lineStart, excerpt.length);
  const length = Math.max(1, Math.min(place.end - start, excerpt.length - column));
  return { file: source.label, line: index + 1, column: column + 1, length, excerpt };
}

function lineOf(source: Source, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

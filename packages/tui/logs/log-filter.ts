import { type Level, levelOf, levels } from "../text/json-line.ts";
import { entryText } from "./entry-text.ts";
import type { LogEntry } from "./log-buffer.ts";

/** Which lines are shown. */
export interface LogFilter {
  /** Undefined: of all services. */
  readonly service: string | undefined;
  /** The least grave level shown; undefined: all. A line that tells no level counts as `info`. */
  readonly level: Level | undefined;
  /** Text that a line must contain; empty: any. */
  readonly text: string;
}

export const everyLine: LogFilter = { service: undefined, level: undefined, text: "" };

/** Whether two filters show the same lines. */
export const isSameFilter = (a: LogFilter, b: LogFilter): boolean =>
  a.service === b.service && a.level === b.level && a.text === b.text;

/** Makes the test for a filter. The screen's own remarks pass, except where text is looked for. */
export function entryFilter(filter: LogFilter): (entry: LogEntry) => boolean {
  const isWanted = filter.text === "" ? undefined : textPattern(filter.text);
  const least = filter.level === undefined ? 0 : levels.indexOf(filter.level);
  return (entry) => {
    if (isWanted && !matchesText(entry, isWanted)) return false;
    if (entry.service === "") return true;
    if (filter.service !== undefined && entry.service !== filter.service) return false;
    return least === 0 || levels.indexOf(levelOf(entry.text) ?? "info") >= least;
  };
}

/** Whether an entry has the text, as it is shown or as it was written. */
export const matchesText = (entry: LogEntry, pattern: RegExp): boolean =>
  pattern.test(entryText(entry)) || pattern.test(entry.text);

/** A pattern for exactly this text; capitals count only when the text has some. */
export function textPattern(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(escaped, /\p{Lu}/u.test(text) ? "u" : "iu");
}

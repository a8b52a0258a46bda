import type { LogBuffer, LogEntry } from "./log-buffer.ts";
import { matchesText, textPattern } from "./log-filter.ts";

/** The nearest entry that has the text: after the given order or before it. Undefined when none has, on that side. */
export function findEntry(
  log: LogBuffer,
  text: string,
  from: number,
  direction: "older" | "newer",
): LogEntry | undefined {
  if (text === "") return undefined;
  const pattern = textPattern(text);
  const step = direction === "newer" ? 1 : -1;
  const here = log.indexOf(from);
  let index = direction === "newer" && log.at(here)?.order === from ? here + 1 : here + (step < 0 ? -1 : 0);
  for (let entry = log.at(index); entry; entry = log.at(index)) {
    if (matchesText(entry, pattern)) return entry;
    index += step;
  }
  return undefined;
}

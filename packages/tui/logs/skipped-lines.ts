import type { LogEntry } from "./log-buffer.ts";

/** What is said in place of so many lines. */
export function skippedText(lines: number): string {
  return `${lines === 1 ? "1 line was" : `${lines.toLocaleString("en")} lines were`} not sent here (dev logs has them)`;
}

/** Two such remarks with nothing between them are one; undefined where they are not. The first one's place in the order stays. */
export function joinSkipped(last: LogEntry, next: LogEntry): LogEntry | undefined {
  if (last.skipped === undefined || next.skipped === undefined) return undefined;
  const skipped = last.skipped + next.skipped;
  return { ...last, at: next.at, skipped, text: skippedText(skipped) };
}

/** The same for many entries, in their order: a flood of one service is one line beside a quiet one. */
export function joinAll(entries: readonly LogEntry[]): readonly LogEntry[] {
  const joined: LogEntry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    const both = last && joinSkipped(last, entry);
    if (both) joined[joined.length - 1] = both;
    else joined.push(entry);
  }
  return joined;
}

import type { LogEvent } from "@drydock/core";

/** A stored line: short keys, because a flood writes millions. t: time in ms, n: instance number, e: 1 for stderr, m: text. */
interface StoredLine {
  readonly t: number;
  readonly n: number;
  readonly e?: 1;
  readonly m: string;
}

/** One log event as one line of the store, with its line end. */
export function encodeLogLine(event: LogEvent): string {
  const line: StoredLine = {
    t: event.at,
    n: event.number,
    ...(event.stream === "stderr" ? { e: 1 } : {}),
    m: event.text,
  };
  return `${JSON.stringify(line)}\n`;
}

/** The opposite of `encodeLogLine`; undefined for a line that a crash cut off. */
export function decodeLogLine(service: string, line: string): LogEvent | undefined {
  try {
    const { t, n, e, m } = JSON.parse(line) as StoredLine;
    return { kind: "log", at: t, service, number: n, stream: e === 1 ? "stderr" : "stdout", text: m };
  } catch {
    return undefined;
  }
}

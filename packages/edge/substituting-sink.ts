import type { Sink } from "./sink.ts";

/** A string of bytes to look for, as Latin-1 in lower case, and what is sent in its place. */
export interface Replacement {
  readonly text: string;
  readonly bytes: Buffer;
}

/** Looks for one text, and puts another in its place. */
export const replacing = (text: string, by: string): Replacement => ({
  text: lower(Buffer.from(text, "utf8").toString("latin1")),
  bytes: Buffer.from(by, "utf8"),
});

/**
 * Replaces strings in what goes through it, whatever the case of their letters: each once, or each time. Of what has come it holds back only what may
 * be the beginning of one.
 */
export function substitutingSink(sink: Sink, all: readonly Replacement[], isOnce: boolean): Sink {
  let pairs = all;
  let held: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer, isLast: boolean): Buffer => {
    if (pairs.length === 0) return chunk;
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const text = lower(bytes.toString("latin1"));
    const parts: Buffer[] = [];
    let from = 0;
    for (let found = first(text, from, pairs); found; found = first(text, from, pairs)) {
      const { pair, at } = found;
      parts.push(bytes.subarray(from, at), pair.bytes);
      from = at + pair.text.length;
      if (isOnce) pairs = pairs.filter((each) => each !== pair);
    }
    const end = isLast ? bytes.length : bytes.length - undecided(text.slice(from), pairs);
    parts.push(bytes.subarray(from, end));
    held = bytes.subarray(end);
    return Buffer.concat(parts);
  };
  return {
    write: (chunk) => {
      const changed = take(chunk, false);
      return changed.length === 0 || sink.write(changed);
    },
    end: (chunk) => {
      const changed = take(chunk ?? Buffer.alloc(0), true);
      sink.end(changed.length === 0 ? undefined : changed);
    },
    whenDrained: sink.whenDrained,
    abort: sink.abort,
  };
}

/** The leftmost of the strings; of two at one place, the one that was given first. */
function first(
  text: string,
  from: number,
  pairs: readonly Replacement[],
): { pair: Replacement; at: number } | undefined {
  let best: { pair: Replacement; at: number } | undefined;
  for (const pair of pairs) {
    const at = text.indexOf(pair.text, from);
    if (at >= 0 && (!best || at < best.at)) best = { pair, at };
  }
  return best;
}

/** How many bytes at the end may be the beginning of one of the strings. */
function undecided(text: string, pairs: readonly Replacement[]): number {
  const longest = Math.max(0, ...pairs.map((pair) => pair.text.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const tail = text.slice(text.length - length);
    if (pairs.some((pair) => pair.text.startsWith(tail))) return length;
  }
  return 0;
}

/** ASCII letters alone: other bytes are parts of other alphabets. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

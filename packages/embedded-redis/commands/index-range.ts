/** Turns inclusive indexes, negative ones from the end, into [start, end) within 0 and `length`; an empty range is [0, 0). */
export function indexRange(start: number, end: number, length: number): [start: number, end: number] {
  const from = start < 0 ? Math.max(0, length + start) : start;
  const to = Math.min(length - 1, end < 0 ? Math.max(end + length, -1) : end);
  return from > to || from >= length ? [0, 0] : [from, to + 1];
}

/** The same for strings, where an end before the beginning means the first byte (t_string.c, getrangeCommand). */
export function byteRange(start: number, end: number, length: number): [start: number, end: number] {
  return indexRange(start, end < 0 ? Math.max(0, end + length) : end, length);
}

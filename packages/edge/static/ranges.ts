/** Bytes from `start` up to and with `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The ranges that a `Range` header asks for (RFC 9110, 14.1.2). Undefined: the header is to be ignored, because it is not well formed
 * or asks for more than everything; an empty list: none of them is in the file (416).
 */
export function parseRanges(header: string, size: number, most: number): readonly ByteRange[] | undefined {
  const match = /^bytes=(.+)$/i.exec(header.trim());
  if (!match) return undefined;
  const ranges: ByteRange[] = [];
  for (const part of (match[1] ?? "").split(",")) {
    const [whole, first = "", last = ""] = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(part) ?? [];
    if (whole === undefined || (first === "" && last === "")) return [];
    const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
    const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
    if (first !== "" && last !== "" && Number(last) < Number(first)) return [];
    if (start <= end) ranges.push({ start, end });
  }
  const total = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return ranges.length > most || total > size ? undefined : ranges;
}

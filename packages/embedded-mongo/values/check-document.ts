import { nameEnd, valueSize } from "./layout.ts";

/** MongoDB's limit of nesting (manual, "MongoDB Limits and Thresholds", Nested Depth), with room for what a command wraps around a document. */
const maxDepth = 200;

/**
 * Reads the whole structure of a BSON document at `start`, which must end at `end` exactly, so that `Document.read` is safe on it
 * afterwards. Returns what is wrong in words; undefined when nothing is.
 */
export function checkDocument(bytes: Buffer, start: number, end: number, depth = 0): string | undefined {
  if (depth > maxDepth) return `documents are nested more than ${maxDepth} deep`;
  if (end - start < 5 || end > bytes.length) return "a document is shorter than 5 bytes";
  const length = bytes.readInt32LE(start);
  if (length !== end - start) return `a document says that it has ${length} bytes and has ${end - start}`;
  if (bytes[end - 1] !== 0) return "a document does not end in a zero byte";
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] ?? 0;
    if (!knownTypes.has(type)) return `unknown BSON type 0x${type.toString(16)}`;
    const zero = bytes.indexOf(0, at + 1);
    if (zero < 0 || zero >= end - 1 + (sizeless.has(type) ? 1 : 0)) return "a field's name has no end";
    at = zero + 1;
    const problem = checkValue(bytes, type, at, end - 1, depth);
    if (problem !== undefined) return problem;
    at += valueSize(bytes, type, at);
  }
  return at === end - 1 ? undefined : "a value reaches over the end of its document";
}

const sizeless: ReadonlySet<number> = new Set([0x06, 0x0a, 0xff, 0x7f]);
const knownTypes: ReadonlySet<number> = new Set([...Array.from({ length: 0x13 }, (_, index) => index + 1), 0xff, 0x7f]);
const minimumOf: ReadonlyMap<number, number> = new Map([
  ...[0x02, 0x0d, 0x0e].map((type) => [type, 5] as const),
  [0x05, 5],
  [0x0c, 17],
  [0x0f, 14],
  [0x03, 5],
  [0x04, 5],
]);

function checkValue(bytes: Buffer, type: number, at: number, limit: number, depth: number): string | undefined {
  const tooLong = "a value reaches over the end of its document";
  const minimum = minimumOf.get(type);
  if (minimum !== undefined) {
    if (at + minimum > limit) return tooLong;
    // What a length counts differs by type: `valueSize` adds what it leaves out.
    if (bytes.readInt32LE(at) < 0 || valueSize(bytes, type, at) < minimum) return "a value has an impossible length";
  }
  if (type === 0x0b) {
    const options = bytes.indexOf(0, at);
    if (options < 0 || options >= limit || bytes.indexOf(0, options + 1) < 0) return tooLong;
    return nameEnd(bytes, options + 1) < limit ? undefined : tooLong;
  }
  const until = at + valueSize(bytes, type, at);
  if (until > limit) return tooLong;
  if (type === 0x02 || type === 0x0d || type === 0x0e)
    return bytes[until - 1] === 0 ? undefined : "a string does not end in a zero byte";
  if (type === 0x03 || type === 0x04) return checkDocument(bytes, at, until, depth + 1);
  if (type === 0x05 && bytes[at + 4] === 2) {
    const inner = valueSize(bytes, type, at) >= 9 ? bytes.readInt32LE(at + 5) : -1;
    return inner === bytes.readInt32LE(at) - 4 ? undefined : "a binary value of subtype 2 has two lengths that differ";
  }
  if (type === 0x0f) {
    const scope = at + 8 + bytes.readInt32LE(at + 4);
    if (bytes.readInt32LE(at + 4) < 1 || scope + 5 > until) return tooLong;
    return checkDocument(bytes, scope, until, depth + 1);
  }
  return undefined;
}

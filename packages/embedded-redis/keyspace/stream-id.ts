/**
 * The id of a stream entry: 16 latin1 characters, the milliseconds and the sequence number as big-endian 64-bit integers. So ids
 * compare as strings, and are the keys that Redis's own RDB format has.
 */
export type StreamId = string;

/** 0-0, before every entry. */
export const smallestStreamId: StreamId = "\0".repeat(16);
/** 18446744073709551615-18446744073709551615, after every entry. */
export const largestStreamId: StreamId = "\xff".repeat(16);

const maxPart = 0xffff_ffff_ffff_ffffn;

function encodePart(value: number): string {
  const high = Math.floor(value / 0x1_0000_0000);
  const low = value % 0x1_0000_0000;
  return String.fromCharCode(
    high >>> 24,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  );
}

function encodeBigPart(value: bigint): string {
  if (value <= 0xf_ffff_ffff_ffffn) return encodePart(Number(value));
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes.toString("latin1");
}

/** Builds an id from unsigned 64-bit integers. */
export const streamId = (ms: bigint, sequence: bigint): StreamId => encodeBigPart(ms) + encodeBigPart(sequence);

/** Builds an id from safe integers, faster. */
export const smallStreamId = (ms: number, sequence: number): StreamId => encodePart(ms) + encodePart(sequence);

/** The milliseconds of an id. */
export const streamIdMs = (id: StreamId): bigint => Buffer.from(id, "latin1").readBigUInt64BE(0);

/** The sequence number of an id. */
export const streamIdSequence = (id: StreamId): bigint => Buffer.from(id, "latin1").readBigUInt64BE(8);

/** `ms-sequence`, as clients see it. */
export function formatStreamId(id: StreamId): string {
  const bytes = Buffer.from(id, "latin1");
  return `${bytes.readBigUInt64BE(0)}-${bytes.readBigUInt64BE(8)}`;
}

/** The next id; undefined after the largest. */
export function nextStreamId(id: StreamId): StreamId | undefined {
  const [ms, sequence] = [streamIdMs(id), streamIdSequence(id)];
  if (sequence < maxPart) return streamId(ms, sequence + 1n);
  return ms < maxPart ? streamId(ms + 1n, 0n) : undefined;
}

/** The id before; undefined before the smallest. */
export function previousStreamId(id: StreamId): StreamId | undefined {
  const [ms, sequence] = [streamIdMs(id), streamIdSequence(id)];
  if (sequence > 0n) return streamId(ms, sequence - 1n);
  return ms > 0n ? streamId(ms - 1n, maxPart) : undefined;
}

/** Reads `ms` or `ms-sequence`; `missingSequence` stands in for a sequence that is not written. Undefined for anything else. */
export function parseStreamId(text: string, missingSequence: bigint): StreamId | undefined {
  const match = /^(\d{1,20})(?:-(\d{1,20}))?$/.exec(text);
  if (match === null) return undefined;
  const ms = BigInt(match[1] ?? "");
  const sequence = match[2] === undefined ? missingSequence : BigInt(match[2]);
  return ms > maxPart || sequence > maxPart ? undefined : streamId(ms, sequence);
}

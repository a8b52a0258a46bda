// How many bytes the values of a type take (bsonspec.org, version 1.1); those that begin with their own length are below.
const fixed: Readonly<Record<number, number>> = {
  1: 8,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};
const withLength: Readonly<Record<number, number>> = { 2: 4, 3: 0, 4: 0, 5: 5 };

/**
 * The bytes of a document's `_id`, its type before them. Servers store it as the first field (manual, Documents, "The _id Field"); a document that
 * has it elsewhere, or of a type that is no `_id`, is its own key.
 */
export function idBytes(raw: Buffer): Buffer {
  const type = raw[4] ?? 0;
  if (raw.toString("latin1", 5, 9) !== "_id\0") return raw;
  const start = 9;
  const own = fixed[type];
  if (own !== undefined) return Buffer.concat([raw.subarray(4, 5), raw.subarray(start, start + own)]);
  const extra = withLength[type];
  if (extra === undefined) return raw;
  return Buffer.concat([raw.subarray(4, 5), raw.subarray(start, start + raw.readInt32LE(start) + extra)]);
}

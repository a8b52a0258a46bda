/** The first bytes of an RDB file; four digits of its version follow (rdb.c of Redis). */
export const rdbMagic = "REDIS";

/** Opcodes between and around the keys (rdb.h of Redis). */
export const opcode = {
  slotInfo: 0xf4,
  function: 0xf5,
  moduleAux: 0xf7,
  idle: 0xf8,
  frequency: 0xf9,
  aux: 0xfa,
  resize: 0xfb,
  expiryMs: 0xfc,
  expirySeconds: 0xfd,
  select: 0xfe,
  end: 0xff,
} as const;

/** What the types of values are of (rdb.h of Redis); a type that is not here is of a newer Redis, or of a module. */
export const familyOfType: Readonly<Record<number, "string" | "list" | "set" | "zset" | "hash" | "stream">> = {
  0: "string",
  1: "list",
  2: "set",
  3: "zset",
  4: "hash",
  5: "zset",
  9: "hash",
  10: "list",
  11: "set",
  12: "zset",
  13: "hash",
  14: "list",
  15: "stream",
  16: "hash",
  17: "zset",
  18: "list",
  19: "stream",
  20: "set",
  21: "stream",
  22: "hash",
  23: "hash",
  24: "hash",
  25: "hash",
};

/** A length (rdb.c, `rdbSaveLen`): 6 bits, 14, 32 or 64. */
export function lengthBytes(length: number): Buffer {
  if (length < 64) return Buffer.from([length]);
  if (length < 16_384) return Buffer.from([0x40 | (length >> 8), length & 0xff]);
  const bytes = Buffer.alloc(5, 0x80);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** A string with its length before it. */
export function stringBytes(text: Buffer): Buffer {
  return Buffer.concat([lengthBytes(text.length), text]);
}

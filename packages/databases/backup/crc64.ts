/** A running CRC-64. */
export interface Crc64 {
  update(bytes: Uint8Array): void;
  /** As eight bytes, the lowest first. */
  bytes(): Buffer;
  value(): bigint;
}

type Kind = "redis" | "ecma";

// Both reflected. Redis: crc64.c ("Jones"), from 0. ECMA: ECMA-182 as Go's hash/crc64 has it, from all ones and inverted, which mongodump's archives use.
const polynomials: Readonly<Record<Kind, bigint>> = { redis: 0x95ac9329ac4bc9b5n, ecma: 0xc96c5795d7870f42n };
const tables = new Map<Kind, Table>();

interface Table {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Begins a CRC of one of the two kinds. */
export function crc64(kind: Kind): Crc64 {
  const { low, high } = tableOf(kind);
  const mask = kind === "ecma" ? 0xffff_ffff : 0;
  let lowWord = mask;
  let highWord = mask;
  const value = () => (BigInt((highWord ^ mask) >>> 0) << 32n) | BigInt((lowWord ^ mask) >>> 0);
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at++) {
        const index = (lowWord ^ (bytes[at] ?? 0)) & 0xff;
        lowWord = ((lowWord >>> 8) | (highWord << 24)) ^ (low[index] ?? 0);
        highWord = (highWord >>> 8) ^ (high[index] ?? 0);
      }
    },
    bytes() {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(value());
      return bytes;
    },
    value,
  };
}

function tableOf(kind: Kind): Table {
  const known = tables.get(kind);
  if (known) return known;
  const [low, high] = [new Uint32Array(256), new Uint32Array(256)];
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = (value & 1n) === 1n ? (value >> 1n) ^ polynomials[kind] : value >> 1n;
    low[index] = Number(value & 0xffff_ffffn);
    high[index] = Number(value >> 32n);
  }
  const table = { low, high };
  tables.set(kind, table);
  return table;
}

import { Decimal128 } from "bson";

/**
 * An IEEE 754-2008 decimal of 128 bits: `coefficient * 10^exponent`, of at most 34 digits; or NaN or an infinity. Numbers that are
 * equal may be written differently (1.0 and 1.00): the exponent is part of the value, as in the standard.
 */
export class Decimal {
  readonly kind: "finite" | "infinity" | "nan";
  readonly isNegative: boolean;
  /** Zero or greater. */
  readonly coefficient: bigint;
  readonly exponent: number;
  constructor(kind: Decimal["kind"], isNegative: boolean, coefficient: bigint, exponent: number) {
    this.kind = kind;
    this.isNegative = isNegative;
    this.coefficient = coefficient;
    this.exponent = exponent;
  }
}

export const decimalNaN: Decimal = new Decimal("nan", false, 0n, 0);

const exponentBias = 6176;

/** Reads the 16 bytes of BSON, binary integer decimal encoding (BSON's decimal128 specification, "BSON Decimal128"). */
export function readDecimal(bytes: Buffer, offset: number): Decimal {
  const low = bytes.readBigUInt64LE(offset);
  const high = bytes.readBigUInt64LE(offset + 8);
  const isNegative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 0x1fn);
  if (combination === 0x1f) return decimalNaN;
  if (combination === 0x1e) return new Decimal("infinity", isNegative, 0n, 0);
  // A coefficient of the second form is above 34 digits: the standard reads it as zero.
  const isSecondForm = combination >> 3 === 3;
  const exponent = Number((high >> (isSecondForm ? 47n : 49n)) & 0x3fffn) - exponentBias;
  const coefficient = isSecondForm ? 0n : ((high & 0x1_ffff_ffff_ffffn) << 64n) | low;
  return new Decimal("finite", isNegative, coefficient >= 10n ** 34n ? 0n : coefficient, exponent);
}

/** Writes 16 bytes. The coefficient has at most 34 digits and the exponent is from -6176 to 6111. */
export function writeDecimal(value: Decimal, bytes: Buffer, offset: number): void {
  const sign = value.isNegative ? 1n << 63n : 0n;
  let high: bigint;
  if (value.kind === "nan") high = 0x7c00_0000_0000_0000n;
  else if (value.kind === "infinity") high = sign | 0x7800_0000_0000_0000n;
  else high = sign | (BigInt(value.exponent + exponentBias) << 49n) | (value.coefficient >> 64n);
  bytes.writeBigUInt64LE(value.kind === "finite" ? value.coefficient & 0xffff_ffff_ffff_ffffn : 0n, offset);
  bytes.writeBigUInt64LE(high, offset + 8);
}

/** Reads decimal text, exactly or rounded to 34 digits; undefined when it is no number. */
export function parseDecimal(text: string): Decimal | undefined {
  try {
    return readDecimal(Buffer.from(Decimal128.fromStringWithRounding(text).bytes), 0);
  } catch {
    return undefined;
  }
}

/** The text of MongoDB's shell and of Extended JSON. */
export function formatDecimal(value: Decimal): string {
  const bytes = Buffer.alloc(16);
  writeDecimal(value, bytes, 0);
  return new Decimal128(bytes).toString();
}

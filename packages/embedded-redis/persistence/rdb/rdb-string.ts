import { type ByteReader, MalformedBytes } from "../byte-reader.ts";
import type { ByteWriter } from "../byte-writer.ts";
import { expandLzf } from "./lzf.ts";

// The two high bits of a length (rdb.h): 6 bits, 14 bits, more bytes, or a specially encoded string.
const encodedBit = 0xc0;
const length32 = 0x80;
const length64 = 0x81;

/** A length, as a bigint only where it has 64 bits. @throws MalformedBytes for a string's special encoding */
export function readLength(reader: ByteReader): number {
  const first = reader.byte();
  if (first < 0x40) return first;
  if (first < 0x80) return ((first & 0x3f) << 8) | reader.byte();
  if (first === length32) return reader.uint32be();
  if (first === length64) return Number(reader.uint64be());
  throw new MalformedBytes(`unknown length encoding 0x${first.toString(16)}`, reader.offset - 1);
}

/** A length of which all 64 bits count. */
export function readBigLength(reader: ByteReader): bigint {
  const first = reader.byte();
  if (first === length64) return reader.uint64be();
  if (first === length32) return BigInt(reader.uint32be());
  if (first < 0x40) return BigInt(first);
  if (first < 0x80) return BigInt(((first & 0x3f) << 8) | reader.byte());
  throw new MalformedBytes(`unknown length encoding 0x${first.toString(16)}`, reader.offset - 1);
}

/** Writes a length in the fewest bytes. */
export function writeLength(writer: ByteWriter, length: number | bigint): void {
  if (length < 0x40) writer.byte(Number(length));
  else if (length < 0x4000) {
    writer.byte(0x40 | (Number(length) >> 8));
    writer.byte(Number(length) & 0xff);
  } else if (length <= 0xffffffff) {
    writer.byte(length32);
    writer.uint32be(Number(length));
  } else {
    writer.byte(length64);
    writer.uint64be(BigInt(length));
  }
}

/** A string: its bytes, an integer, or LZF. */
export function readString(reader: ByteReader): string {
  const first = reader.byte();
  if (first < 0x40) return reader.bytes(first);
  if (first < 0x80) return reader.bytes(((first & 0x3f) << 8) | reader.byte());
  switch (first) {
    case length32:
      return reader.bytes(reader.uint32be());
    case length64:
      return reader.bytes(Number(reader.uint64be()));
    case encodedBit:
      return String(reader.int8());
    case encodedBit | 1:
      return String(reader.int16le());
    case encodedBit | 2:
      return String(reader.int32le());
    case encodedBit | 3: {
      const compressed = readLength(reader);
      const length = readLength(reader);
      return expandLzf(reader.bytes(compressed), length);
    }
    default:
      throw new MalformedBytes(`unknown string encoding 0x${first.toString(16)}`, reader.offset - 1);
  }
}

const shortInteger = /^(?:0|-?[1-9]\d{0,9})$/;

/** Writes a string; short decimal integers as integers, as Redis does. */
export function writeString(writer: ByteWriter, bytes: string): void {
  if (bytes.length <= 11 && shortInteger.test(bytes) && writeInteger(writer, Number(bytes))) return;
  writeLength(writer, bytes.length);
  writer.bytes(bytes);
}

function writeInteger(writer: ByteWriter, value: number): boolean {
  if (value >= -0x80 && value < 0x80) {
    writer.byte(encodedBit);
    writer.byte(value & 0xff);
  } else if (value >= -0x8000 && value < 0x8000) {
    writer.byte(encodedBit | 1);
    writer.int16le(value);
  } else if (value >= -0x80000000 && value < 0x80000000) {
    writer.byte(encodedBit | 2);
    writer.int32le(value);
  } else return false;
  return true;
}

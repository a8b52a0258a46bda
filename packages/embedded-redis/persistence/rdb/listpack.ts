import { ByteReader, MalformedBytes } from "../byte-reader.ts";

const endMark = 0xff;
const headerBytes = 6;

/** The elements of a listpack, integers as their decimal text ("Listpack specification", antirez). */
export function* readListpack(blob: string): Generator<string> {
  const reader = ByteReader.of(blob);
  const total = reader.uint32le();
  if (total !== blob.length) throw new MalformedBytes("a listpack is not as long as it says", 0);
  reader.bytes(headerBytes - 4);
  for (;;) {
    const start = reader.offset;
    const first = reader.byte();
    if (first === endMark) return;
    const element = readElement(reader, first);
    reader.bytes(backLengthBytes(reader.offset - start));
    yield element;
  }
}

function readElement(reader: ByteReader, first: number): string {
  if (first < 0x80) return String(first);
  if (first < 0xc0) return reader.bytes(first & 0x3f);
  if (first < 0xe0) {
    const value = ((first & 0x1f) << 8) | reader.byte();
    return String(value >= 0x1000 ? value - 0x2000 : value);
  }
  if (first < 0xf0) return reader.bytes(((first & 0x0f) << 8) | reader.byte());
  switch (first) {
    case 0xf0:
      return reader.bytes(reader.uint32le());
    case 0xf1:
      return String(reader.int16le());
    case 0xf2: {
      const low = reader.byte() | (reader.byte() << 8) | (reader.byte() << 16);
      return String((low << 8) >> 8);
    }
    case 0xf3:
      return String(reader.int32le());
    case 0xf4:
      return String(reader.int64le());
    default:
      throw new MalformedBytes(`unknown listpack encoding 0x${first.toString(16)}`, reader.offset - 1);
  }
}

/** How many bytes the length takes that follows an element, for walking backwards: 7 bits a byte (the limits are listpack.c's own). */
function backLengthBytes(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x3fff) return 2;
  if (length < 0x1fffff) return 3;
  return length < 0xfffffff ? 4 : 5;
}

function backLength(length: number): string {
  let text = "";
  for (let left = backLengthBytes(length); left > 0; left--) {
    const bits = Math.floor(length / 2 ** (7 * (left - 1))) & 0x7f;
    text += String.fromCharCode(text === "" ? bits : bits | 0x80);
  }
  return text;
}

/** One element: a number that is an integer of up to 52 bits, or bytes. */
export type ListpackElement = string | number;

/** A listpack of these elements. Redis's streams need their numbers as integers; bytes stay bytes. */
export function writeListpack(elements: readonly ListpackElement[]): string {
  const parts: string[] = [];
  for (const element of elements) {
    const encoded = typeof element === "number" ? encodeInteger(element) : encodeBytes(element);
    parts.push(encoded, backLength(encoded.length));
  }
  const body = parts.join("");
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes + body.length + 1, 0);
  // 65535 means "count them".
  header.writeUInt16LE(Math.min(elements.length, 0xffff), 4);
  return `${header.toString("latin1")}${body}\xff`;
}

function encodeInteger(value: number): string {
  if (value >= 0 && value < 0x80) return String.fromCharCode(value);
  if (value >= -0x1000 && value < 0x1000) {
    const bits = value & 0x1fff;
    return String.fromCharCode(0xc0 | (bits >> 8), bits & 0xff);
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xf4;
  bytes.writeBigInt64LE(BigInt(value), 1);
  return bytes.toString("latin1");
}

function encodeBytes(bytes: string): string {
  const { length } = bytes;
  if (length < 64) return String.fromCharCode(0x80 | length) + bytes;
  if (length < 4096) return String.fromCharCode(0xe0 | (length >> 8), length & 0xff) + bytes;
  const header = Buffer.alloc(5);
  header[0] = 0xf0;
  header.writeUInt32LE(length, 1);
  return header.toString("latin1") + bytes;
}

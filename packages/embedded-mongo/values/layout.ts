// Where things lie in BSON's bytes (bsonspec.org, version 1.1).

/** The offset of the zero that ends a C string. */
export function nameEnd(bytes: Buffer, start: number): number {
  let end = start;
  while (bytes[end] !== 0) end++;
  return end;
}

/** The bytes that a value of this type takes at this offset. */
export function valueSize(bytes: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x06:
    case 0x0a:
    case 0xff:
    case 0x7f:
      return 0;
    case 0x08:
      return 1;
    case 0x10:
      return 4;
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return 8;
    case 0x07:
      return 12;
    case 0x13:
      return 16;
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + bytes.readInt32LE(at);
    case 0x05:
      return 5 + bytes.readInt32LE(at);
    case 0x0c:
      return 16 + bytes.readInt32LE(at);
    case 0x0b: {
      const options = nameEnd(bytes, at) + 1;
      return nameEnd(bytes, options) + 1 - at;
    }
    default:
      // Documents, arrays and code with a scope begin with their whole length.
      return bytes.readInt32LE(at);
  }
}

/** The offset of the type byte of the field with this name, in a document from `start` to `end`; -1 when there is none. */
export function findName(bytes: Buffer, start: number, end: number, name: Buffer): number {
  const { length } = name;
  const first = name[0] ?? 0;
  const last = end - 1;
  let at = start + 4;
  while (at < last) {
    const from = at + 1;
    // Where the name ends decides before the bytes do, and the first byte before the others.
    if (bytes[from + length] === 0 && bytes[from] === first && isName(bytes, from, name)) return at;
    const value = nameEnd(bytes, from) + 1;
    at = value + valueSize(bytes, bytes[at] ?? 0, value);
  }
  return -1;
}

function isName(bytes: Buffer, from: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[from + index] !== name[index]) return false;
  return true;
}

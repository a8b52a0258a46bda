import { ByteReader, MalformedBytes } from "../byte-reader.ts";

/** The elements of a ziplist, the small form of lists, hashes and sorted sets before Redis 7 (ziplist.c, layout in its comment). */
export function* readZiplist(blob: string): Generator<string> {
  const reader = ByteReader.of(blob);
  reader.bytes(10);
  for (;;) {
    const previous = reader.byte();
    if (previous === 0xff) return;
    if (previous === 0xfe) reader.bytes(4);
    yield readElement(reader, reader.byte());
  }
}

function readElement(reader: ByteReader, encoding: number): string {
  if (encoding < 0x40) return reader.bytes(encoding);
  if (encoding < 0x80) return reader.bytes(((encoding & 0x3f) << 8) | reader.byte());
  if (encoding < 0xc0) return reader.bytes(reader.uint32be());
  // 0xf1 to 0xfd hold 0 to 12 themselves.
  if (encoding > 0xf0 && encoding < 0xfe) return String((encoding & 0x0f) - 1);
  switch (encoding) {
    case 0xc0:
      return String(reader.int16le());
    case 0xd0:
      return String(reader.int32le());
    case 0xe0:
      return String(reader.int64le());
    case 0xf0: {
      const low = reader.byte() | (reader.byte() << 8) | (reader.byte() << 16);
      return String((low << 8) >> 8);
    }
    case 0xfe:
      return String(reader.int8());
    default:
      throw new MalformedBytes(`unknown ziplist encoding 0x${encoding.toString(16)}`, reader.offset - 1);
  }
}

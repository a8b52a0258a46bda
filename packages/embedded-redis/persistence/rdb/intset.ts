import { ByteReader, MalformedBytes } from "../byte-reader.ts";

/** The members of an intset: little-endian integers of one width (intset.h). */
export function* readIntset(blob: string): Generator<string> {
  const reader = ByteReader.of(blob);
  const width = reader.uint32le();
  const length = reader.uint32le();
  for (let i = 0; i < length; i++) yield readMember(reader, width);
}

function readMember(reader: ByteReader, width: number): string {
  if (width === 2) return String(reader.int16le());
  if (width === 4) return String(reader.int32le());
  if (width === 8) return String(reader.int64le());
  throw new MalformedBytes(`unknown intset width ${width}`, 0);
}

import { ByteReader } from "../byte-reader.ts";

/** Fields and values in turn of a zipmap, the small form of hashes before Redis 2.6 (zipmap.c, layout in its comment). */
export function* readZipmap(blob: string): Generator<string> {
  const reader = ByteReader.of(blob);
  reader.byte();
  for (;;) {
    const first = reader.byte();
    if (first === 0xff) return;
    yield reader.bytes(first === 0xfe ? reader.uint32le() : first);
    const length = reader.byte();
    const valueLength = length === 0xfe ? reader.uint32le() : length;
    const unused = reader.byte();
    yield reader.bytes(valueLength);
    reader.bytes(unused);
  }
}

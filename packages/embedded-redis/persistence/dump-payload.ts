import type { RedisValue } from "../keyspace/value.ts";
import { ByteReader, MalformedBytes } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { Crc64 } from "./crc64.ts";
import { fieldExpiryVersion, newestVersion, opcode, usualVersion } from "./rdb/rdb-format.ts";
import { readString, writeString } from "./rdb/rdb-string.ts";
import { readValue } from "./rdb/read-value.ts";
import { writeValue, writtenType } from "./rdb/write-value.ts";

const footerBytes = 10;
const payloadChunkBytes = 4096;

/** The payload of DUMP: type and value as in an RDB file, its version, and a checksum (cluster.c, `createDumpPayload`). */
export function dumpValue(value: RedisValue): string {
  const version = value.kind === "hash" && value.hasExpiries ? fieldExpiryVersion : usualVersion;
  return seal(version, (writer) => {
    writer.byte(writtenType(value, version));
    writeValue(writer, value, version);
  });
}

/** The value of a DUMP payload; undefined when its version is too new or its checksum wrong, or when it is broken. */
export function restoreValue(payload: string): RedisValue | undefined {
  return open(payload, (reader) => readValue(reader, reader.byte()));
}

/** The payload of FUNCTION DUMP. */
export function dumpLibraries(codes: readonly string[]): string {
  return seal(usualVersion, (writer) => {
    for (const code of codes) {
      writer.byte(opcode.function);
      writeString(writer, code);
    }
  });
}

/** The sources of a FUNCTION DUMP payload; undefined when it is no such payload. */
export function restoreLibraries(payload: string): readonly string[] | undefined {
  return open(payload, (reader) => {
    const codes: string[] = [];
    while (reader.offset < payload.length - footerBytes) {
      if (reader.byte() !== opcode.function) throw new MalformedBytes("not a function", reader.offset);
      codes.push(readString(reader));
    }
    return codes;
  });
}

function seal(version: number, write: (writer: ByteWriter) => void): string {
  let payload = "";
  const writer = new ByteWriter((chunk) => {
    payload += chunk.toString("latin1");
  }, payloadChunkBytes);
  write(writer);
  writer.byte(version & 0xff);
  writer.byte(version >> 8);
  writer.uint64le(writer.flush());
  writer.flush();
  return payload;
}

function open<T>(payload: string, read: (reader: ByteReader) => T): T | undefined {
  const bytes = Buffer.from(payload, "latin1");
  const footer = bytes.length - footerBytes;
  if (footer < 0 || bytes.readUInt16LE(footer) > newestVersion) return undefined;
  const crc = new Crc64();
  crc.update(bytes, 0, bytes.length - 8);
  const written = bytes.readBigUInt64LE(footer + 2);
  if (written !== 0n && written !== crc.value) return undefined;
  try {
    const reader = ByteReader.of(payload.slice(0, footer));
    const result = read(reader);
    return reader.isAtEnd ? result : undefined;
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined;
    throw error;
  }
}

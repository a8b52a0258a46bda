import type { HashValue } from "../../keyspace/hash-value.ts";
import type { RedisValue } from "../../keyspace/value.ts";
import type { ByteWriter } from "../byte-writer.ts";
import { fieldExpiryVersion, valueType } from "./rdb-format.ts";
import { writeLength, writeString } from "./rdb-string.ts";
import { writeStream } from "./write-stream.ts";

/** The type under which `writeValue` writes a value in a file of that version. */
export function writtenType(value: RedisValue, version: number): number {
  switch (value.kind) {
    case "hash":
      return value.hasExpiries ? valueType.hashExpiry : valueType.hash;
    case "stream":
      return version >= fieldExpiryVersion ? valueType.stream3 : valueType.stream2;
    default:
      return valueType[value.kind];
  }
}

/** Writes a value without its type. Collections go in the plain forms: who loads them chooses the compact ones by its own limits. */
export function writeValue(writer: ByteWriter, value: RedisValue, version: number): void {
  switch (value.kind) {
    case "string":
      writeString(writer, value.bytes);
      break;
    case "list":
      writeLength(writer, value.length);
      for (const element of value) writeString(writer, element);
      break;
    case "set":
      writeLength(writer, value.size);
      for (const member of value) writeString(writer, member);
      break;
    case "hash":
      writeHash(writer, value);
      break;
    case "sortedSet":
      writeLength(writer, value.size);
      for (const [member, score] of value) {
        writeString(writer, member);
        writer.doubleLe(score);
      }
      break;
    case "stream":
      writeStream(writer, value, version >= fieldExpiryVersion ? 3 : 2);
      break;
  }
}

function writeHash(writer: ByteWriter, hash: HashValue): void {
  const earliest = hash.earliestExpiry();
  if (hash.hasExpiries) writer.uint64le(BigInt(earliest));
  writeLength(writer, hash.size);
  for (const { key, value, expiresAt } of hash.entries()) {
    if (hash.hasExpiries) writeLength(writer, expiresAt === 0 ? 0 : expiresAt - earliest + 1);
    writeString(writer, key);
    writeString(writer, value);
  }
}

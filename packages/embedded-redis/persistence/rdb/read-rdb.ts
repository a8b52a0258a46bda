import type { RedisValue } from "../../keyspace/value.ts";
import { type ByteReader, MalformedBytes } from "../byte-reader.ts";
import { newestVersion, opcode } from "./rdb-format.ts";
import { readLength, readString } from "./rdb-string.ts";
import { readModuleName, readValue } from "./read-value.ts";

/** A key with its value. */
export interface KeyRecord {
  readonly database: number;
  readonly key: string;
  readonly value: RedisValue;
  /** Unix time in milliseconds; 0 for never. */
  readonly expiresAt: number;
}

/** Takes what a file holds, in its order. */
export interface RdbVisitor {
  key(record: KeyRecord): void;
  /** The source of a function library. */
  library(code: string): void;
}

/** Reads an RDB file. @throws MalformedBytes with the offset, when it is broken, too new, or holds data of modules */
export function readRdb(reader: ByteReader, visitor: RdbVisitor): void {
  const version = readHeader(reader);
  let database = 0;
  let expiresAt = 0;
  let accessedAt = 0;
  let frequency = -1;
  for (;;) {
    const code = reader.byte();
    switch (code) {
      case opcode.end:
        if (version >= 5) checkSum(reader);
        return;
      case opcode.select:
        database = readLength(reader);
        break;
      case opcode.resize:
        readLength(reader);
        readLength(reader);
        break;
      case opcode.slotInfo:
        for (let i = 0; i < 3; i++) readLength(reader);
        break;
      case opcode.aux:
        readString(reader);
        readString(reader);
        break;
      case opcode.expiryMs:
        expiresAt = Number(reader.int64le());
        break;
      case opcode.expirySeconds:
        expiresAt = reader.int32le() * 1000;
        break;
      case opcode.idle:
        accessedAt = Date.now() - readLength(reader) * 1000;
        break;
      case opcode.frequency:
        frequency = reader.byte();
        break;
      case opcode.function:
        visitor.library(readString(reader));
        break;
      case opcode.functionPreview:
        throw new MalformedBytes("functions in the form of a preview of Redis 7.0", reader.offset);
      case opcode.moduleAux:
        throw new MalformedBytes(
          `data of the module "${readModuleName(reader)}"; this server has no modules`,
          reader.offset,
        );
      default: {
        const key = readString(reader);
        const value = readValue(reader, code);
        if (accessedAt > 0) value.accessedAt = accessedAt;
        if (frequency >= 0) value.frequency = frequency;
        visitor.key({ database, key, value, expiresAt });
        expiresAt = 0;
        accessedAt = 0;
        frequency = -1;
      }
    }
  }
}

function readHeader(reader: ByteReader): number {
  const magic = reader.bytes(9);
  const version = Number(magic.slice(5));
  if (!magic.startsWith("REDIS") || !(version >= 1)) throw new MalformedBytes("not an RDB file", 0);
  if (version > newestVersion) {
    throw new MalformedBytes(`RDB version ${version}; this server reads up to ${newestVersion}`, 5);
  }
  return version;
}

function checkSum(reader: ByteReader): void {
  const expected = reader.checksum();
  const written = reader.uint64le();
  // 0 is written when checksums are off.
  if (written !== 0n && written !== expected) throw new MalformedBytes("wrong checksum", reader.offset - 8);
}

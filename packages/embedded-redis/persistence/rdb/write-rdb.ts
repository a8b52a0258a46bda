import type { RedisValue } from "../../keyspace/value.ts";
import type { ByteWriter } from "../byte-writer.ts";
import { fieldExpiryVersion, opcode, usualVersion } from "./rdb-format.ts";
import { writeLength, writeString } from "./rdb-string.ts";
import { writeValue, writtenType } from "./write-value.ts";

/** One database as it is written. */
export interface DatabaseSnapshot {
  readonly index: number;
  readonly size: number;
  readonly expiringSize: number;
  entries(): Iterable<{ readonly key: string; readonly value: RedisValue; readonly expiresAt: number }>;
}

/** All that is written: databases and the sources of function libraries. It must not change while it is written. */
export interface Snapshot {
  readonly databases: readonly DatabaseSnapshot[];
  readonly libraries: readonly string[];
}

/** What a file says of itself: `redis-ver`, `ctime` and the like. */
export type AuxFields = Readonly<Record<string, string>>;

/** Writes a whole RDB file: version 10, which Redis 7.0 and newer load, or 12 (Redis 7.4) when a hash has fields that expire. */
export function writeRdb(writer: ByteWriter, snapshot: Snapshot, aux: AuxFields): void {
  const version = needsFieldExpiry(snapshot) ? fieldExpiryVersion : usualVersion;
  writer.bytes(`REDIS${String(version).padStart(4, "0")}`);
  for (const [name, text] of Object.entries(aux)) {
    writer.byte(opcode.aux);
    writeString(writer, name);
    writeString(writer, text);
  }
  for (const code of snapshot.libraries) {
    writer.byte(opcode.function);
    writeString(writer, code);
  }
  for (const database of snapshot.databases) {
    if (database.size > 0) writeDatabase(writer, database, version);
  }
  writer.byte(opcode.end);
  writer.uint64le(writer.flush());
  writer.flush();
}

function writeDatabase(writer: ByteWriter, database: DatabaseSnapshot, version: number): void {
  writer.byte(opcode.select);
  writeLength(writer, database.index);
  writer.byte(opcode.resize);
  writeLength(writer, database.size);
  writeLength(writer, database.expiringSize);
  for (const { key, value, expiresAt } of database.entries()) {
    if (expiresAt !== 0) {
      writer.byte(opcode.expiryMs);
      writer.uint64le(BigInt.asUintN(64, BigInt(expiresAt)));
    }
    writer.byte(writtenType(value, version));
    writeString(writer, key);
    writeValue(writer, value, version);
  }
}

function needsFieldExpiry(snapshot: Snapshot): boolean {
  for (const database of snapshot.databases) {
    for (const { value } of database.entries()) if (value.kind === "hash" && value.hasExpiries) return true;
  }
  return false;
}

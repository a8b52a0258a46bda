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

/** Writes a whole RDB file, in one go. */
export function writeRdb(writer: ByteWriter, snapshot: Snapshot, aux: AuxFields): void {
  const version = versionFor(snapshot.databases);
  startRdb(writer, version, aux, snapshot.libraries);
  for (const database of snapshot.databases) {
    if (database.size === 0) continue;
    startDatabase(writer, database);
    for (const entry of database.entries()) writeEntry(writer, entry, version);
  }
  endRdb(writer);
}

/** The version of the file: 10, which Redis 7.0 and newer load, or 12 (Redis 7.4) when a hash has fields that expire. */
export function versionFor(databases: readonly Pick<DatabaseSnapshot, "entries">[]): number {
  for (const database of databases) {
    for (const { value } of database.entries()) {
      if (value.kind === "hash" && value.hasExpiries) return fieldExpiryVersion;
    }
  }
  return usualVersion;
}

/** What stands before the data: the version, what the file says of itself, function libraries. */
export function startRdb(writer: ByteWriter, version: number, aux: AuxFields, libraries: readonly string[]): void {
  writer.bytes(`REDIS${String(version).padStart(4, "0")}`);
  for (const [name, text] of Object.entries(aux)) {
    writer.byte(opcode.aux);
    writeString(writer, name);
    writeString(writer, text);
  }
  for (const code of libraries) {
    writer.byte(opcode.function);
    writeString(writer, code);
  }
}

/** What stands behind the data: the sum of it all. */
export function endRdb(writer: ByteWriter): void {
  writer.byte(opcode.end);
  writer.uint64le(writer.flush());
  writer.flush();
}

/** What stands before the keys of a database. */
export function startDatabase(writer: ByteWriter, database: Omit<DatabaseSnapshot, "entries">): void {
  writer.byte(opcode.select);
  writeLength(writer, database.index);
  writer.byte(opcode.resize);
  writeLength(writer, database.size);
  writeLength(writer, database.expiringSize);
}

/** A key with its value, after `startDatabase` or an opcode that selects its database. */
export function writeEntry(
  writer: ByteWriter,
  { key, value, expiresAt }: { readonly key: string; readonly value: RedisValue; readonly expiresAt: number },
  version: number,
): void {
  if (expiresAt !== 0) {
    writer.byte(opcode.expiryMs);
    writer.uint64le(BigInt.asUintN(64, BigInt(expiresAt)));
  }
  writer.byte(writtenType(value, version));
  writeString(writer, key);
  writeValue(writer, value, version);
}

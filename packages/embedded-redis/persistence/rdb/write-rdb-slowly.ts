import { setImmediate as afterOthers } from "node:timers/promises";
import type { FrozenKeys } from "../../keyspace/frozen-keys.ts";
import type { ByteWriter } from "../byte-writer.ts";
import { opcode } from "./rdb-format.ts";
import { writeLength } from "./rdb-string.ts";
import { type AuxFields, type DatabaseSnapshot, endRdb, startDatabase, startRdb, writeEntry } from "./write-rdb.ts";

/** The state at one moment, which is written while the server goes on. */
export interface FrozenState {
  readonly databases: readonly FrozenKeys[];
  readonly libraries: readonly string[];
  /** Of the file: see `versionFor`. */
  readonly version: number;
}

type Entry = ReturnType<DatabaseSnapshot["entries"]> extends Iterable<infer E> ? E : never;

/** Freezes the state; `taken` gets what a command is about to touch. */
export type Freeze = (taken: (keys: FrozenKeys, entry: Entry) => void) => FrozenState;

// A command waits for one of them at most, or for one value that takes longer.
const sliceMs = 3;
const entriesBetweenLooks = 16;

/**
 * Writes an RDB file of the moment of the call, a slice at a time. The freezing has happened when it returns its promise; the state is let go when
 * that is settled. @throws what the writer throws, and the signal's reason
 */
export async function writeRdbSlowly(
  writer: ByteWriter,
  freeze: Freeze,
  aux: AuxFields,
  signal: AbortSignal,
): Promise<void> {
  let database = -1;
  let failure: unknown;
  const write = (keys: FrozenKeys, entry: Entry) => {
    if (database !== keys.index) {
      writer.byte(opcode.select);
      writeLength(writer, keys.index);
      database = keys.index;
    }
    writeEntry(writer, entry, state.version);
  };
  const state: FrozenState = freeze((keys, entry) => {
    // The command that touches the key is not to blame when the disk is full.
    try {
      write(keys, entry);
    } catch (error) {
      failure ??= error;
    }
  });
  try {
    startRdb(writer, state.version, aux, state.libraries);
    let sliceEnd = performance.now() + sliceMs;
    for (const keys of state.databases) {
      if (keys.size === 0) continue;
      startDatabase(writer, keys);
      database = keys.index;
      let written = 0;
      for (const entry of keys.entries()) {
        write(keys, entry);
        if (++written % entriesBetweenLooks !== 0 || performance.now() < sliceEnd) continue;
        await afterOthers();
        signal.throwIfAborted();
        if (failure !== undefined) throw failure;
        sliceEnd = performance.now() + sliceMs;
      }
    }
    if (failure !== undefined) throw failure;
    endRdb(writer);
  } finally {
    for (const keys of state.databases) keys.release();
  }
}

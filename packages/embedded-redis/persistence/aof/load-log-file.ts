import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from "node:fs";
import { ByteReader, MalformedBytes } from "../byte-reader.ts";
import type { LoadTarget } from "../load-target.ts";
import { brokenFile } from "../persistence-errors.ts";
import { readRdb } from "../rdb/read-rdb.ts";
import { findFrameAfter } from "./find-frame.ts";
import { readFrame } from "./frame.ts";

/** A command and the database it is meant for. */
interface LoggedCommand {
  readonly database: number;
  readonly args: readonly string[];
}

const letterR = 0x52;

/**
 * Applies a file of an append-only log: commands, or an RDB file with or without commands behind it. A transaction is applied when its
 * EXEC is there. With `mayCut`, an incomplete command or transaction at the end is cut off the file and told to `log`.
 * @throws DevError REDIS_BROKEN_FILE for anything broken that is followed by more, or that may not be cut
 */
export function loadLogFile(path: string, target: LoadTarget, mayCut: boolean, log: (line: string) => void): void {
  const file = openSync(path, mayCut ? "r+" : "r");
  try {
    const reader = new ByteReader((into) => readSync(file, into), { isSummed: true });
    try {
      if (reader.peek() === letterR) readRdb(reader, target);
    } catch (error) {
      throw error instanceof MalformedBytes ? brokenFile(path, error.offset, error.message) : error;
    }
    const { goodUntil, brokenAt, problem } = applyCommands(reader, target);
    if (problem === undefined) return;
    const size = fstatSync(file).size;
    if (!mayCut || findFrameAfter(file, brokenAt + 1, size)) throw brokenFile(path, brokenAt, problem);
    ftruncateSync(file, goodUntil);
    fsyncSync(file);
    log(`${path}: ${problem} at its end; cut off the last ${size - goodUntil} bytes, from offset ${goodUntil} on`);
  } finally {
    closeSync(file);
  }
}

interface Applied {
  /** The offset behind the last command or transaction that was applied. */
  readonly goodUntil: number;
  /** Where it cannot be read on; the end when it could. */
  readonly brokenAt: number;
  readonly problem: string | undefined;
}

/** Applies all that is whole. */
function applyCommands(reader: ByteReader, target: LoadTarget): Applied {
  let database = 0;
  let goodUntil = reader.offset;
  let frameStart = reader.offset;
  let transaction: LoggedCommand[] | undefined;
  try {
    for (;;) {
      frameStart = reader.offset;
      const args = readFrame(reader);
      if (args === undefined) {
        const problem = transaction === undefined ? undefined : "a transaction without its EXEC";
        return { goodUntil, brokenAt: frameStart, problem };
      }
      const name = args[0]?.toLowerCase();
      if (name === "select") database = Number(args[1]);
      else if (name === "multi") transaction = [];
      else if (name === "exec") {
        target.commands(transaction ?? []);
        transaction = undefined;
      } else if (transaction === undefined) target.commands([{ database, args }]);
      else transaction.push({ database, args });
      if (transaction === undefined) goodUntil = reader.offset;
    }
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return { goodUntil, brokenAt: frameStart, problem: `an incomplete command (${error.message})` };
  }
}

import { crc64 } from "../crc64.ts";
import { bytesOf } from "../mongo/split-bson.ts";
import { opcode, rdbMagic } from "./rdb-format.ts";
import { BrokenRdb, needMore, RdbWindow } from "./rdb-window.ts";
import { skipValue } from "./skip-value.ts";

/** A key of an RDB file; its value as it is there. */
export interface RdbKey {
  readonly kind: "key";
  readonly database: number;
  readonly key: Buffer;
  readonly type: number;
  readonly value: Buffer;
  /** Milliseconds since the epoch; undefined: it does not expire. */
  readonly expiresAt: number | undefined;
}

/** A key, or the source of a library of functions. */
export type RdbEntry = RdbKey | { readonly kind: "function"; readonly code: Buffer };

/**
 * Reads an RDB file as it comes, several entries at a time. @throws BrokenRdb for anything that is no whole RDB file, for values of modules and of types of a
 * newer Redis
 */
export async function* readRdb(chunks: AsyncIterable<unknown>): AsyncGenerator<readonly RdbEntry[]> {
  const reader = new RdbReader();
  for await (const chunk of chunks) yield reader.push(bytesOf(chunk));
  yield reader.end();
}

/** Reads an RDB file that is handed to it in pieces. Holds a piece and one value. */
export class RdbReader {
  readonly #parser = new Parser();
  #rest: Buffer[] = [];
  #held = 0;
  #wanted = 0;

  /** The entries that are whole with this piece. @throws BrokenRdb */
  push(bytes: Buffer): readonly RdbEntry[] {
    this.#rest.push(bytes);
    this.#held += bytes.length;
    if (this.#held < this.#wanted) return [];
    const all = this.#rest.length === 1 ? bytes : Buffer.concat(this.#rest);
    const { entries, read } = this.#parser.read(all);
    this.#rest = [all.subarray(read)];
    this.#held = all.length - read;
    // A value that is longer than what is there is looked at again when twice as much is: its bytes are gone through a few times, not once a piece.
    this.#wanted = read === 0 ? this.#held * 2 : 0;
    return entries;
  }

  /** Those of the last piece. @throws BrokenRdb where the file is not whole */
  end(): readonly RdbEntry[] {
    const { entries } = this.#parser.read(Buffer.concat(this.#rest));
    if (!this.#parser.isAtEnd) throw new BrokenRdb("it ends too early");
    return entries;
  }
}

class Parser {
  readonly #crc = crc64("redis");
  #isBegun = false;
  #version = 0;
  #database = 0;
  #expiresAt: number | undefined;
  isAtEnd = false;

  /** Reads as many entries as are whole; `read` bytes are done with. */
  read(bytes: Buffer): { readonly entries: readonly RdbEntry[]; readonly read: number } {
    const entries: RdbEntry[] = [];
    const window = new RdbWindow(bytes, 0);
    let done = 0;
    try {
      while (!this.isAtEnd && done < bytes.length) {
        const entry = this.#isBegun ? this.#readOne(window) : this.#begin(window);
        if (entry) entries.push(entry);
        if (!this.isAtEnd) this.#crc.update(bytes.subarray(done, window.offset));
        done = window.offset;
      }
    } catch (error) {
      if (error !== needMore) throw error;
    }
    return { entries, read: this.isAtEnd ? bytes.length : done };
  }

  #begin(window: RdbWindow): undefined {
    const head = window.take(9).toString("latin1");
    if (!/^REDIS\d{4}$/.test(head)) throw new BrokenRdb("it does not begin as an RDB file");
    this.#version = Number(head.slice(rdbMagic.length));
    this.#isBegun = true;
  }

  #readOne(window: RdbWindow): RdbEntry | undefined {
    const code = window.byte();
    switch (code) {
      case opcode.aux:
        window.skipString();
        window.skipString();
        return undefined;
      case opcode.select:
        this.#database = window.length();
        return undefined;
      case opcode.resize:
        window.length();
        window.length();
        return undefined;
      case opcode.slotInfo:
        for (let left = 3; left > 0; left--) window.length();
        return undefined;
      case opcode.expiryMs:
        this.#expiresAt = Number(window.take(8).readBigInt64LE());
        return undefined;
      case opcode.expirySeconds:
        this.#expiresAt = window.take(4).readInt32LE() * 1000;
        return undefined;
      case opcode.idle:
        window.length();
        return undefined;
      case opcode.frequency:
        window.byte();
        return undefined;
      case opcode.function:
        return { kind: "function", code: Buffer.from(window.string()) };
      case opcode.moduleAux:
        throw new BrokenRdb("it has the data of a module");
      case opcode.end:
        this.#end(window);
        return undefined;
      default:
        return this.#key(code, window);
    }
  }

  #key(type: number, window: RdbWindow): RdbKey {
    const key = window.string();
    const start = window.offset;
    skipValue(type, window);
    const length = window.offset - start;
    window.offset = start;
    const value = window.take(length);
    const entry: RdbKey = { kind: "key", database: this.#database, key, type, value, expiresAt: this.#expiresAt };
    this.#expiresAt = undefined;
    return entry;
  }

  /** Since version 5 a checksum follows, of all before it; 0 where the server was told to make none. */
  #end(window: RdbWindow): void {
    if (this.#version >= 5) {
      const written = window.take(8);
      this.#crc.update(Buffer.from([opcode.end]));
      if (written.some((byte) => byte !== 0) && !written.equals(this.#crc.bytes()))
        throw new BrokenRdb("its checksum is another");
    }
    this.isAtEnd = true;
  }
}

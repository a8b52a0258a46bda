import { Crc64 } from "./crc64.ts";

/** Gives more bytes into the buffer and returns how many; 0 at the end. */
export type ByteSource = (into: Buffer) => number;

/** The bytes end where more are needed, or cannot be what they should be. */
export class MalformedBytes extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const chunkBytes = 256 * 1024;

/** Reads numbers and strings from a source, a chunk at a time, and sums what it reads up. */
export class ByteReader {
  readonly #source: ByteSource;
  readonly #crc = new Crc64();
  readonly #isSummed: boolean;
  #buffer: Buffer;
  #at = 0;
  #end: number;
  /** Up to here the checksum has seen the buffer. */
  #summed = 0;
  /** How many bytes lie before the buffer. */
  #base = 0;

  /** Without `isSummed`, `checksum` means nothing and reading is faster. */
  constructor(source: ByteSource, { initial = Buffer.alloc(0), isSummed = true } = {}) {
    this.#source = source;
    this.#isSummed = isSummed;
    this.#buffer = initial;
    this.#end = initial.length;
  }

  /** A reader of these bytes alone. */
  static of(bytes: string): ByteReader {
    return new ByteReader(() => 0, { initial: Buffer.from(bytes, "latin1"), isSummed: false });
  }

  /** How many bytes were read. */
  get offset(): number {
    return this.#base + this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#end && !this.#fill(1);
  }

  /** The CRC-64 of all that was read. */
  checksum(): bigint {
    this.#sum();
    return this.#crc.value;
  }

  /** The next byte, without moving past it; undefined at the end. */
  peek(): number | undefined {
    return this.isAtEnd ? undefined : this.#buffer[this.#at];
  }

  byte(): number {
    const at = this.#take(1);
    return this.#buffer[at] ?? 0;
  }

  /** The next bytes, latin1. @throws MalformedBytes when there are fewer */
  bytes(count: number): string {
    const start = this.#take(count);
    return this.#buffer.toString("latin1", start, start + count);
  }

  uint32le(): number {
    const at = this.#take(4);
    return this.#buffer.readUInt32LE(at);
  }

  uint32be(): number {
    const at = this.#take(4);
    return this.#buffer.readUInt32BE(at);
  }

  int32le(): number {
    const at = this.#take(4);
    return this.#buffer.readInt32LE(at);
  }

  int16le(): number {
    const at = this.#take(2);
    return this.#buffer.readInt16LE(at);
  }

  int8(): number {
    const at = this.#take(1);
    return this.#buffer.readInt8(at);
  }

  uint64le(): bigint {
    const at = this.#take(8);
    return this.#buffer.readBigUInt64LE(at);
  }

  uint64be(): bigint {
    const at = this.#take(8);
    return this.#buffer.readBigUInt64BE(at);
  }

  int64le(): bigint {
    const at = this.#take(8);
    return this.#buffer.readBigInt64LE(at);
  }

  doubleLe(): number {
    const at = this.#take(8);
    return this.#buffer.readDoubleLE(at);
  }

  /** Moves past that many bytes and says where in the buffer they begin. The buffer may be another one afterwards. */
  #take(count: number): number {
    if (this.#end - this.#at < count && !this.#fill(count)) {
      throw new MalformedBytes("unexpected end", this.offset);
    }
    const start = this.#at;
    this.#at += count;
    return start;
  }

  /** Reads on until `count` bytes are there; false when the source ends first. A wrong length never allocates more than there is. */
  #fill(count: number): boolean {
    this.#sum();
    let buffer = this.#buffer.subarray(this.#at, this.#end);
    this.#base += this.#at;
    this.#at = 0;
    this.#summed = 0;
    const pieces: Buffer[] = [buffer];
    let length = buffer.length;
    let isAtEnd = false;
    while (length < count && !isAtEnd) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const got = this.#source(chunk);
      isAtEnd = got === 0;
      pieces.push(chunk.subarray(0, got));
      length += got;
    }
    buffer = pieces.length === 1 ? buffer : Buffer.concat(pieces, length);
    this.#buffer = buffer;
    this.#end = buffer.length;
    return length >= count;
  }

  #sum(): void {
    if (this.#isSummed) this.#crc.update(this.#buffer, this.#summed, this.#at);
    this.#summed = this.#at;
  }
}

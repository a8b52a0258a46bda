import { Crc64 } from "./crc64.ts";

/** Takes finished bytes; the buffer is used again afterwards. */
export type ByteSink = (chunk: Buffer) => void;

/** Collects numbers and strings in a buffer, hands it to a sink whenever it is full, and sums up what it writes. */
export class ByteWriter {
  readonly #sink: ByteSink;
  readonly #crc = new Crc64();
  readonly #buffer: Buffer;
  #at = 0;
  #total = 0;

  constructor(sink: ByteSink, chunkBytes = 256 * 1024) {
    this.#sink = sink;
    this.#buffer = Buffer.allocUnsafe(chunkBytes);
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#total + this.#at;
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#at++] = value;
  }

  bytes(text: string): void {
    for (let start = 0; start < text.length; start += this.#buffer.length) {
      const piece = text.length <= this.#buffer.length ? text : text.slice(start, start + this.#buffer.length);
      this.#room(piece.length);
      this.#at += this.#buffer.write(piece, this.#at, "latin1");
    }
  }

  uint32be(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeUInt32BE(value, this.#at);
  }

  int16le(value: number): void {
    this.#room(2);
    this.#at = this.#buffer.writeInt16LE(value, this.#at);
  }

  int32le(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeInt32LE(value, this.#at);
  }

  uint64be(value: bigint): void {
    this.#room(8);
    this.#at = this.#buffer.writeBigUInt64BE(value, this.#at);
  }

  uint64le(value: bigint): void {
    this.#room(8);
    this.#at = this.#buffer.writeBigUInt64LE(value, this.#at);
  }

  doubleLe(value: number): void {
    this.#room(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  /** Hands all that is left to the sink and returns the CRC-64 of all that was written so far. */
  flush(): bigint {
    this.#crc.update(this.#buffer, 0, this.#at);
    if (this.#at > 0) this.#sink(this.#buffer.subarray(0, this.#at));
    this.#total += this.#at;
    this.#at = 0;
    return this.#crc.value;
  }

  #room(count: number): void {
    if (this.#at + count > this.#buffer.length) this.flush();
  }
}

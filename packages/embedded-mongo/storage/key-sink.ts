/** Bytes of a key as they are written: grows, and can invert what was written for a descending part. */
export class KeySink {
  bytes: Buffer = Buffer.allocUnsafeSlow(512);
  length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Bytes as they are: their length must be known from what came before. */
  raw(source: Uint8Array): void {
    this.#reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.bytes.writeUInt32BE(value, this.length);
    this.length += 4;
  }

  /** Eight bytes that sort as doubles do. Negative zero is zero; a NaN is not written here. */
  double(value: number): void {
    this.#reserve(8);
    const { bytes, length } = this;
    bytes.writeDoubleBE(value === 0 ? 0 : value, length);
    // IEEE 754: the bits of positive doubles sort as they do; those of negative ones the other way round.
    if (value < 0) this.invert(length, 8);
    else bytes[length] = (bytes[length] ?? 0) | 0x80;
    this.length += 8;
  }

  /** Bytes of any length that sort as they do, with an end: a zero byte is written as 00 01, the end as 00 00. */
  terminated(source: string | Buffer): void {
    const start = this.length;
    if (typeof source === "string") {
      this.#reserve(source.length * 3 + 2);
      this.length += this.bytes.write(source, start, "utf8");
    } else {
      this.raw(source);
    }
    if (this.bytes.subarray(start, this.length).includes(0)) this.#escapeZeros(start);
    this.#reserve(2);
    this.bytes[this.length++] = 0;
    this.bytes[this.length++] = 0;
  }

  /** Turns `count` bytes (up to the end, when it is not given) round, so that they sort in descending order. */
  invert(start: number, count: number = this.length - start): void {
    for (let at = start; at < start + count; at++) this.bytes[at] = ~(this.bytes[at] ?? 0) & 0xff;
  }

  /** A copy of what was written from `start` on. */
  take(start = 0): Buffer {
    return Buffer.from(this.bytes.subarray(start, this.length));
  }

  #escapeZeros(start: number): void {
    const plain = Buffer.from(this.bytes.subarray(start, this.length));
    this.length = start;
    this.#reserve(plain.length * 2);
    for (const byte of plain) {
      this.bytes[this.length++] = byte;
      if (byte === 0) this.bytes[this.length++] = 1;
    }
  }

  #reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.length + count, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

/** More bytes are needed. */
export const needMore = Symbol("more");

/** It is no RDB file, or a damaged one. */
export class BrokenRdb extends Error {}

/** Bytes of an RDB file that are there, read from the beginning of an entry. Every read throws `needMore` where it goes past their end. */
export class RdbWindow {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  take(count: number): Buffer {
    if (this.offset + count > this.#bytes.length) throw needMore;
    const taken = this.#bytes.subarray(this.offset, this.offset + count);
    this.offset += count;
    return taken;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** A length, or how a string is encoded (rdb.c, `rdbLoadLenByRef`). */
  lengthOrEncoding(): { readonly length: number; readonly isEncoding: boolean } {
    const first = this.byte();
    const kind = first >> 6;
    if (kind === 0) return { length: first & 0x3f, isEncoding: false };
    if (kind === 1) return { length: ((first & 0x3f) << 8) | this.byte(), isEncoding: false };
    if (kind === 3) return { length: first & 0x3f, isEncoding: true };
    if (first === 0x80) return { length: this.take(4).readUInt32BE(), isEncoding: false };
    if (first === 0x81) return { length: Number(this.take(8).readBigUInt64BE()), isEncoding: false };
    throw new BrokenRdb("a length is none");
  }

  length(): number {
    const { length, isEncoding } = this.lengthOrEncoding();
    if (isEncoding) throw new BrokenRdb("a length is none");
    return length;
  }

  /** Goes past a string: plain, an integer of 1, 2 or 4 bytes, or compressed by LZF. */
  skipString(): void {
    const { length, isEncoding } = this.lengthOrEncoding();
    if (!isEncoding) this.take(length);
    else if (length <= 2) this.take(1 << length);
    else if (length === 3) {
      const compressed = this.length();
      this.length();
      this.take(compressed);
    } else throw new BrokenRdb("a string is encoded as none is");
  }

  /** A string as its bytes. */
  string(): Buffer {
    const { length, isEncoding } = this.lengthOrEncoding();
    if (!isEncoding) return this.take(length);
    if (length <= 2) return Buffer.from(String(this.take(1 << length).readIntLE(0, 1 << length)));
    if (length !== 3) throw new BrokenRdb("a string is encoded as none is");
    const compressed = this.length();
    return inflate(this.take(compressed), this.#checked(this.length()));
  }

  #checked(length: number): number {
    if (length > 2 ** 30) throw new BrokenRdb("a string is longer than any");
    return length;
  }
}

/** LZF (liblzf, lzf_d.c): literal runs, and copies of what came before. */
function inflate(bytes: Buffer, length: number): Buffer {
  const out = Buffer.alloc(length);
  let to = 0;
  for (let at = 0; at < bytes.length; ) {
    const control = bytes[at++] ?? 0;
    if (control < 32) {
      const run = control + 1;
      bytes.copy(out, to, at, at + run);
      at += run;
      to += run;
      continue;
    }
    let run = control >> 5;
    if (run === 7) run += bytes[at++] ?? 0;
    let from = to - ((control & 0x1f) << 8) - (bytes[at++] ?? 0) - 1;
    if (from < 0) throw new BrokenRdb("a compressed string is damaged");
    for (let left = run + 2; left > 0; left--) out[to++] = out[from++] ?? 0;
  }
  if (to !== length) throw new BrokenRdb("a compressed string is damaged");
  return out;
}

import { ValueBase } from "./value-base.ts";

/**
 * A string of bytes. It is kept as a latin1 string, or, while commands change it in place (SETBIT, SETRANGE, APPEND), as a
 * buffer with room to grow; each form is made from the other when asked for.
 */
export class StringValue extends ValueBase {
  readonly kind = "string";
  #text: string | undefined;
  #buffer: Buffer | undefined;
  #length: number;
  /** True once it was changed in place: Redis then calls its encoding "raw", whatever its length. */
  isRaw = false;

  constructor(bytes: string) {
    super();
    this.#text = bytes;
    this.#length = bytes.length;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): string {
    if (this.#text !== undefined) return this.#text;
    const text = this.#buffer?.toString("latin1", 0, this.#length) ?? "";
    this.#text = text;
    return text;
  }

  set bytes(bytes: string) {
    this.#text = bytes;
    this.#buffer = undefined;
    this.#length = bytes.length;
    this.isRaw = false;
  }

  /** The bytes from `start` to `end` (exclusive). */
  slice(start: number, end: number): string {
    if (this.#text !== undefined) return this.#text.slice(start, end);
    return this.#buffer?.toString("latin1", start, Math.min(end, this.#length)) ?? "";
  }

  /** The byte at `index`, 0 beyond the end. */
  byteAt(index: number): number {
    if (index >= this.#length) return 0;
    return this.#text !== undefined ? this.#text.charCodeAt(index) : (this.#buffer?.[index] ?? 0);
  }

  /** Adds bytes at the end. */
  append(bytes: string): void {
    if (this.#text !== undefined && this.#length < 4096) {
      this.#text += bytes;
      this.#length += bytes.length;
      this.isRaw = true;
      return;
    }
    const at = this.#length;
    this.edit(at + bytes.length).write(bytes, at, "latin1");
  }

  /** A buffer of at least `length` bytes (new ones are 0) to change in place; the value is as long as the longer of both. */
  edit(length: number): Buffer {
    const wanted = Math.max(length, this.#length);
    let buffer = this.#buffer;
    if (buffer === undefined || buffer.length < wanted) {
      const grown = Buffer.alloc(wanted + Math.min(wanted, 1 << 20));
      if (buffer !== undefined) buffer.copy(grown, 0, 0, this.#length);
      else if (this.#text !== undefined) grown.write(this.#text, 0, "latin1");
      buffer = grown;
    }
    this.#buffer = buffer;
    this.#text = undefined;
    this.#length = wanted;
    this.isRaw = true;
    return buffer;
  }
}

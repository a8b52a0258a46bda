import { splitInlineArguments } from "./inline-arguments.ts";

/** A frame that is no request. The connection that sent it is to be closed after "ERR Protocol error: " and this message. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** The limits of a request; Redis's own (networking.c: PROTO_INLINE_MAX_SIZE, unauthenticated limits). */
export interface RequestLimits {
  readonly bulkLength: number;
  readonly isAuthenticated: boolean;
}

const maxInlineLength = 64 * 1024;
const maxArguments = 2 ** 31 - 1;
// Substrings of up to 12 characters are copies; longer ones would keep the whole chunk in memory.
const maxCopiedLength = 12;

/** Cuts the bytes of a connection into requests. Keeps what is incomplete, in the chunks that came. */
export class RequestParser {
  #chunks: Buffer[] = [];
  #waiting = 0;
  #buffer: Buffer = Buffer.alloc(0);
  #text = "";
  #at = 0;
  /** The arguments of the request that is being read; undefined between requests. */
  #args: string[] | undefined;
  #missingArgs = 0;
  /** The length of the argument that is being read; -1 when its header is still to come. */
  #bulkLength = -1;
  /** Nothing can be done before so many bytes are there. */
  #needed = 0;

  /** How many bytes wait. */
  get pendingBytes(): number {
    return this.#buffer.length - this.#at + this.#waiting;
  }

  feed(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
  }

  /**
   * The next complete request, with the name first; an empty one for an empty line. Undefined when more bytes are needed.
   * @throws ProtocolError
   */
  next(limits: RequestLimits): readonly string[] | undefined {
    this.#join();
    for (;;) {
      if (this.#args === undefined) {
        const started = this.#begin(limits);
        if (started !== "multibulk") return started;
      }
      while (this.#args !== undefined && this.#missingArgs > 0) {
        const arg = this.#readBulk(limits);
        if (arg === undefined) return undefined;
        this.#args.push(arg);
        this.#missingArgs--;
      }
      const args = this.#args;
      this.#args = undefined;
      return args;
    }
  }

  /** Makes one buffer of what is left and what came, once it is enough to go on. */
  #join(): void {
    if (this.#waiting === 0) return;
    const left = this.#buffer.length - this.#at;
    if (left + this.#waiting < this.#needed) return;
    const [only] = this.#chunks;
    const rest = this.#buffer.subarray(this.#at);
    this.#buffer = left === 0 && this.#chunks.length === 1 && only ? only : Buffer.concat([rest, ...this.#chunks]);
    this.#text = this.#buffer.toString("latin1");
    this.#at = 0;
    this.#chunks = [];
    this.#waiting = 0;
    this.#needed = 0;
  }

  #begin(limits: RequestLimits): readonly string[] | "multibulk" | undefined {
    if (this.#at >= this.#text.length) return undefined;
    if (this.#text.charCodeAt(this.#at) !== 42) return this.#readInline();
    const count = this.#readNumber("too big mbulk count string");
    if (count === undefined) return undefined;
    if (Number.isNaN(count) || count > maxArguments) throw new ProtocolError("invalid multibulk length");
    if (count > 10 && !limits.isAuthenticated) throw new ProtocolError("unauthenticated multibulk length");
    if (count <= 0) return [];
    this.#args = [];
    this.#missingArgs = count;
    return "multibulk";
  }

  #readInline(): readonly string[] | undefined {
    const end = this.#text.indexOf("\n", this.#at);
    if (end < 0) {
      if (this.#text.length - this.#at > maxInlineLength) throw new ProtocolError("too big inline request");
      return undefined;
    }
    const line = this.#text.slice(this.#at, this.#text[end - 1] === "\r" ? end - 1 : end);
    this.#at = end + 1;
    const args = splitInlineArguments(line);
    if (args === undefined) throw new ProtocolError("unbalanced quotes in request");
    return args;
  }

  #readBulk(limits: RequestLimits): string | undefined {
    if (this.#bulkLength < 0) {
      if (this.#at >= this.#text.length) return undefined;
      const mark = this.#text[this.#at] ?? "";
      if (mark !== "$") throw new ProtocolError(`expected '$', got '${mark}'`);
      const length = this.#readNumber("too big bulk count string");
      if (length === undefined) return undefined;
      if (!(length >= 0 && length <= limits.bulkLength)) throw new ProtocolError("invalid bulk length");
      if (length > 16384 && !limits.isAuthenticated) throw new ProtocolError("unauthenticated bulk length");
      this.#bulkLength = length;
    }
    const length = this.#bulkLength;
    if (this.#buffer.length - this.#at < length + 2) {
      this.#needed = length + 2;
      return undefined;
    }
    const [start, end] = [this.#at, this.#at + length];
    this.#at = end + 2;
    this.#bulkLength = -1;
    return length <= maxCopiedLength ? this.#text.slice(start, end) : this.#buffer.toString("latin1", start, end);
  }

  /** The number after a mark, to the end of the line; NaN when it is none, undefined when the line is not complete. */
  #readNumber(tooLong: string): number | undefined {
    const text = this.#text;
    let at = this.#at + 1;
    let value = 0;
    for (let code = text.charCodeAt(at); code >= 48 && code <= 57 && value < 1e15; code = text.charCodeAt(++at)) {
      value = value * 10 + code - 48;
    }
    if (at > this.#at + 1 && text.charCodeAt(at) === 13 && at + 1 < text.length) {
      this.#at = at + 2;
      return value;
    }
    const end = text.indexOf("\r", this.#at);
    if (end < 0 || end + 1 >= text.length) {
      if (text.length - this.#at > maxInlineLength) throw new ProtocolError(tooLong);
      return undefined;
    }
    const line = text.slice(this.#at + 1, end);
    this.#at = end + 2;
    return /^-?(0|[1-9]\d{0,18})$/.test(line) ? Number(line) : Number.NaN;
  }
}

import { headerBytes } from "./header.ts";
import { maxMessageBytes } from "./limits.ts";
import { WireError } from "./wire-error.ts";

/**
 * Cuts a stream of bytes into messages. A message that lies inside one chunk is a view of it; one that spans chunks is joined once, when
 * its last byte is there, so that a length alone reserves no memory.
 */
export class FrameReader {
  #parts: Buffer[] = [];
  #held = 0;
  /** The length of the message that is being read; 0 while its first 4 bytes are not there. */
  #length = 0;

  /** The messages that `chunk` completes, in order. @throws WireError on an impossible length; the reader is then of no more use */
  push(chunk: Buffer): readonly Buffer[] {
    const frames: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#length === 0 && !this.#readLength(chunk, at)) {
        this.#keep(chunk.subarray(at));
        return frames;
      }
      const until = at + this.#length - this.#held;
      if (until > chunk.length) {
        this.#keep(chunk.subarray(at));
        return frames;
      }
      frames.push(this.#take(chunk.subarray(at, until)));
      at = until;
    }
    return frames;
  }

  /** Whether a message has begun and not ended. */
  get isInside(): boolean {
    return this.#held > 0;
  }

  #keep(part: Buffer): void {
    this.#parts.push(part);
    this.#held += part.length;
  }

  #take(last: Buffer): Buffer {
    const frame = this.#held === 0 ? last : Buffer.concat([...this.#parts, last], this.#length);
    this.#parts = [];
    this.#held = 0;
    this.#length = 0;
    return frame;
  }

  #readLength(chunk: Buffer, at: number): boolean {
    if (this.#held + chunk.length - at < 4) return false;
    const start =
      this.#held === 0 ? chunk.subarray(at, at + 4) : Buffer.concat([...this.#parts, chunk.subarray(at, at + 4)]);
    const length = start.readInt32LE(0);
    if (length < headerBytes || length > maxMessageBytes)
      throw new WireError(
        `a message says that it has ${length} bytes; from ${headerBytes} to ${maxMessageBytes} are possible`,
      );
    this.#length = length;
    return true;
  }
}

/** A piece of a container's output. */
export interface Frame {
  readonly stream: "stdout" | "stderr";
  readonly payload: Buffer;
}

const headerBytes = 8;

/**
 * Takes the engine's multiplexed stream apart, whatever the borders of its chunks: each frame has 8 bytes of header, the
 * first of which names the stream (2 is stderr), the last four the payload's length, big-endian (Docker Engine API, ContainerAttach,
 * "Stream format").
 */
export class FrameReader {
  #rest: Buffer[] = [];
  #bytes = 0;

  /** The frames that are whole with this chunk. */
  push(chunk: Buffer): readonly Frame[] {
    this.#rest.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#wantedBytes()) return [];
    let data = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest);
    const frames: Frame[] = [];
    while (data.length >= headerBytes) {
      const end = headerBytes + data.readUInt32BE(4);
      if (data.length < end) break;
      frames.push({ stream: data[0] === 2 ? "stderr" : "stdout", payload: data.subarray(headerBytes, end) });
      data = data.subarray(end);
    }
    this.#rest = data.length === 0 ? [] : [data];
    this.#bytes = data.length;
    return frames;
  }

  /** How many bytes the first frame takes, as far as that is known: joins a large frame once and not at every chunk. */
  #wantedBytes(): number {
    const [first] = this.#rest;
    return first && first.length >= headerBytes ? headerBytes + first.readUInt32BE(4) : headerBytes;
  }
}

/** What a whole multiplexed answer says, both streams in order, as text. */
export function framedText(output: Buffer): string {
  return Buffer.concat(new FrameReader().push(output).map(({ payload }) => payload)).toString();
}

import { Readable } from "node:stream";

/** What a body that is passed on waits for: the client's next bytes, the upstream to take them, or nothing more; or it is too large. */
export type BodyPhase = "client" | "upstream" | "done" | "too-large";

/** A body on its way from the client to the upstream, which tells what it waits for, so that each side has its own timeout. */
export class BodyStream {
  readonly readable: Readable;
  #listener: (phase: BodyPhase) => void = () => undefined;

  /** @param most bytes; 0 for no limit */
  constructor(before: readonly Buffer[], rest: AsyncIterable<Buffer>, most: number) {
    this.readable = Readable.from(this.#chunks(before, rest, most), { objectMode: false, highWaterMark: 64 * 1024 });
  }

  whenPhase(listener: (phase: BodyPhase) => void): void {
    this.#listener = listener;
  }

  async *#chunks(before: readonly Buffer[], rest: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
    this.#listener("upstream");
    yield* before;
    let total = before.reduce((sum, { length }) => sum + length, 0);
    this.#listener("client");
    for await (const chunk of rest) {
      total += chunk.length;
      if (most > 0 && total > most) {
        this.#listener("too-large");
        throw new Error("the body is larger than client_max_body_size");
      }
      this.#listener("upstream");
      yield chunk;
      this.#listener("client");
    }
    this.#listener("done");
  }
}

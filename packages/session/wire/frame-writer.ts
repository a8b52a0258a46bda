import type { ServerResponse } from "node:http";
import type { DevEvent, SerializedError } from "@drydock/core";
import type { Frame } from "./protocol.ts";

// A reader that is this far behind is spared log lines: it gets a count instead, and the store has them all.
const fullBytes = 1024 * 1024;

/** Writes an answer's frames. State events always go out; log lines are left out while the reader is too slow for them. */
export class FrameWriter {
  readonly #response: ServerResponse;
  #skippedLines = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  event(event: DevEvent): void {
    if (event.kind === "log" && this.#response.writableLength > fullBytes) {
      this.#skippedLines += 1;
      return;
    }
    if (this.#skippedLines > 0) {
      this.#write({ event: { kind: "skipped", at: event.at, lines: this.#skippedLines } });
      this.#skippedLines = 0;
    }
    this.#write({ event });
  }

  result(result: unknown): void {
    this.#write({ result });
    this.#response.end();
  }

  error(error: SerializedError): void {
    this.#write({ error });
    this.#response.end();
  }

  #write(frame: Frame): void {
    // What is told after the last frame has no reader; to write it would end the supervisor.
    if (this.#response.destroyed || this.#response.writableEnded) return;
    this.#response.write(`${JSON.stringify(frame)}\n`);
  }
}

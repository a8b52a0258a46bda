import { StringDecoder } from "node:string_decoder";

/** Calls back with each whole line of a byte stream, without its line end, in one pass. */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onLine: (line: string) => void;
  #rest: string[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const lines = this.#decoder.write(chunk).split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      this.#rest.push(line);
      this.#onLine(this.#rest.join(""));
      this.#rest = [];
    }
    if (last !== "") this.#rest.push(last);
  }
}

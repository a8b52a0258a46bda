import { StringDecoder } from "node:string_decoder";

// A program that never ends its line must not take all memory: a longer line is cut into pieces of this size.
const longestLine = 16 * 1024 * 1024;

/** Takes the bytes of a stream as they come and gives its lines, without their ends (`\n` or `\r\n`). */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #emit: (line: string) => void;
  #pieces: string[] = [];
  #length = 0;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  write(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  /** The stream is over: gives the last line, if it had no end. */
  end(): void {
    this.#take(this.#decoder.end());
    if (this.#length > 0) this.#flush();
  }

  #take(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#hold(text.slice(start, end));
      this.#flush();
      start = end + 1;
    }
    this.#hold(text.slice(start));
  }

  #hold(text: string): void {
    if (text === "") return;
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length >= longestLine) this.#flush();
  }

  #flush(): void {
    const line = this.#pieces.join("");
    this.#pieces = [];
    this.#length = 0;
    this.#emit(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
}

const longestKept = 4096;

/** The last lines that an instance wrote: the evidence of its errors. A ring, so that keeping one costs nothing. */
export class RecentLines {
  readonly #lines: string[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  push(line: string): void {
    this.#lines[this.#next] = line.length > longestKept ? `${line.slice(0, longestKept)}…` : line;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** The last `count` of them, oldest first. */
  last(count: number): readonly string[] {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)].slice(-count);
  }

  clear(): void {
    this.#lines.length = 0;
    this.#next = 0;
  }
}

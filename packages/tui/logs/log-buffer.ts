import type { LogEvent } from "@drydock/core";

/** One line of a log as the screen keeps it. */
export interface LogEntry {
  /** Where it stands among all lines: later lines have greater numbers; lines read from the store have negative ones. */
  readonly order: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Empty for a remark of the screen's own. */
  readonly service: string;
  readonly number: number;
  readonly stream: LogEvent["stream"];
  readonly text: string;
  /** How many lines this remark stands for. */
  readonly skipped?: number;
}

/** How much a buffer keeps. */
export interface LogCapacity {
  readonly lines: number;
  /** UTF-16 units of text, so that a few huge lines do not fill the memory. */
  readonly characters: number;
}

/** The last lines of a log, sorted by `order`. Adding one line costs the same however many there are. */
export class LogBuffer {
  #slots: (LogEntry | undefined)[] = new Array(64);
  #first = 0;
  #length = 0;
  #characters = 0;

  get length(): number {
    return this.#length;
  }

  get characters(): number {
    return this.#characters;
  }

  /** The line at an index: 0 is the oldest. */
  at(index: number): LogEntry | undefined {
    return index < 0 || index >= this.#length ? undefined : this.#slots[(this.#first + index) % this.#slots.length];
  }

  /** Adds a line after all others, and lets the oldest go until it keeps within the capacity. The newest always stays. */
  push(entry: LogEntry, capacity: LogCapacity): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#first + this.#length) % this.#slots.length] = entry;
    this.#length += 1;
    this.#characters += entry.text.length;
    this.trim(capacity);
  }

  /** Puts another entry in the newest one's place. */
  replaceLast(entry: LogEntry): void {
    const slot = (this.#first + this.#length - 1) % this.#slots.length;
    this.#characters += entry.text.length - (this.#slots[slot]?.text.length ?? 0);
    this.#slots[slot] = entry;
  }

  /** Lets the oldest lines go until it keeps within the capacity. */
  trim(capacity: LogCapacity): void {
    while (this.#length > 1 && (this.#length > capacity.lines || this.#characters > capacity.characters)) {
      this.#characters -= this.#slots[this.#first]?.text.length ?? 0;
      this.#slots[this.#first] = undefined;
      this.#first = (this.#first + 1) % this.#slots.length;
      this.#length -= 1;
    }
  }

  /** Whether one more line would push out another. */
  isFull(capacity: LogCapacity): boolean {
    return this.#length >= capacity.lines || this.#characters >= capacity.characters;
  }

  /** The index of the first line whose order is not below this one; the length where there is none. */
  indexOf(order: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.at(middle)?.order ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Every line, oldest first. */
  *entries(): Generator<LogEntry> {
    for (let index = 0; index < this.#length; index++) {
      const entry = this.at(index);
      if (entry) yield entry;
    }
  }

  /** Replaces all that it holds. The entries must be sorted by order. */
  replace(entries: readonly LogEntry[]): void {
    this.#slots = [...entries, ...new Array<undefined>(Math.max(64, entries.length >> 1))];
    this.#first = 0;
    this.#length = entries.length;
    this.#characters = entries.reduce((sum, entry) => sum + entry.text.length, 0);
  }

  #grow(): void {
    const entries = [...this.entries()];
    this.#slots = [...entries, ...new Array<undefined>(entries.length)];
    this.#first = 0;
  }
}

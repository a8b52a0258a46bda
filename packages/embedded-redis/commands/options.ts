import { syntaxError } from "./command-error.ts";

/** Reads the optional words of a command one after the other, without regard to case. */
export class OptionReader {
  readonly #args: readonly string[];
  #at: number;

  constructor(args: readonly string[], start: number) {
    this.#args = args;
    this.#at = start;
  }

  get hasMore(): boolean {
    return this.#at < this.#args.length;
  }

  get remaining(): number {
    return this.#args.length - this.#at;
  }

  /** The index in the arguments of what comes next. */
  get position(): number {
    return this.#at;
  }

  /** The next word in upper case. */
  word(): string {
    return this.value().toUpperCase();
  }

  /** Takes the next word if it is this one. */
  take(word: string): boolean {
    if (this.#args[this.#at]?.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  /** The next argument as it is. @throws CommandError when there is none */
  value(): string {
    const value = this.#args[this.#at];
    if (value === undefined) throw syntaxError();
    this.#at++;
    return value;
  }

  /** The next `count` arguments. @throws CommandError when there are fewer */
  values(count: number): readonly string[] {
    if (this.remaining < count) throw syntaxError();
    this.#at += count;
    return this.#args.slice(this.#at - count, this.#at);
  }

  /** All that is left. */
  rest(): readonly string[] {
    return this.values(this.remaining);
  }
}

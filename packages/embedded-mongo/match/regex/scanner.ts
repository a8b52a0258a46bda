import { MongoError } from "../../errors/mongo-error.ts";

/** Reads a pattern code point by code point. */
export class Scanner {
  readonly #units: readonly string[];
  readonly #pattern: string;
  at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#units = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.at >= this.#units.length;
  }

  /** The next one; empty at the end. */
  peek(ahead = 0): string {
    return this.#units[this.at + ahead] ?? "";
  }

  /** @throws MongoError at the end */
  next(): string {
    if (this.isAtEnd) throw this.invalid("it ends too early");
    return this.#units[this.at++] ?? "";
  }

  /** Steps over `text` when it comes next. */
  take(text: string): boolean {
    if (!this.rest().startsWith(text)) return false;
    this.at += [...text].length;
    return true;
  }

  /** Steps over what the expression matches here; it must be anchored by `^`. */
  takeMatch(expression: RegExp): RegExpMatchArray | undefined {
    const found = this.rest().match(expression) ?? undefined;
    if (found) this.at += [...found[0]].length;
    return found;
  }

  /** The pattern is wrong. */
  invalid(reason: string): MongoError {
    return new MongoError(51091, `Regular expression is invalid: ${reason} at offset ${this.at} of ${this.#pattern}`);
  }

  /** The pattern is right, but uses what is not supported here. */
  unsupported(construct: string): MongoError {
    return new MongoError(51091, `Regular expression uses ${construct}, which is not supported: ${this.#pattern}`);
  }

  // Long enough for everything that is looked for.
  rest(): string {
    return this.#units.slice(this.at, this.at + 80).join("");
  }
}

/** One directive of an nginx configuration: `listen 80;` or `server { ... }`. */
export interface Directive {
  readonly name: string;
  /** The words as they are written, quotes included. */
  readonly words: readonly string[];
  /** What is inside the braces; undefined for a simple directive. */
  readonly block?: readonly Directive[];
  /** Where it begins; undefined for a directive that we added. */
  readonly place?: Place;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A word without its quotes and their escapes (nginx's ngx_conf_file.c: a backslash keeps the next character). */
export function unquote(word: string): string {
  const quote = word[0];
  if (word.length < 2 || (quote !== '"' && quote !== "'") || word.at(-1) !== quote) return word;
  return word.slice(1, -1).replace(/\\(["'\\])/g, "$1");
}

/** A directive that we add. */
export function directive(name: string, ...words: readonly string[]): Directive {
  return { name, words };
}

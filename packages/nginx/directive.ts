/** One directive of an nginx configuration: `listen 80;` or `server { ... }`. */
export interface Directive {
  readonly name: string;
  /** The words as they are written, quotes included. */
  readonly words: readonly string[];
  /** What is inside the braces; undefined for a simple directive. */
  readonly block?: readonly Directive[];
  /** Where it begins; undefined for a directive that we added. */
  readonly place?: Place;
  /** Where it ends, when that is another line than where it begins. */
  readonly lastLine?: number;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** What a word says: without its quotes, with its escapes replaced as ngx_conf_read_token does: quotes, backslash, n, r, t; any other backslash stays. */
export function unquote(word: string): string {
  const quote = word[0];
  const isQuoted = word.length >= 2 && (quote === '"' || quote === "'") && word.at(-1) === quote;
  const inner = isQuoted ? word.slice(1, -1) : word;
  return inner.includes("\\")
    ? inner.replace(/\\(["'\\nrt])/g, (_, letter: string) => escapes[letter] ?? letter)
    : inner;
}

/** A directive that we add. */
export function directive(name: string, ...words: readonly string[]): Directive {
  return { name, words };
}

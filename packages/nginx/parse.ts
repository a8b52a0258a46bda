import type { DevError } from "@drydock/core";
import type { Directive, Place } from "./directive.ts";
import { badSyntax } from "./errors.ts";

interface Token {
  readonly text: string;
  readonly line: number;
}

// A comment, a quoted string, a brace or semicolon, or a word; a word may hold ${name} and escaped characters.
const tokenPattern =
  /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[{};]|(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};"'#\\])(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};\\])*|["']/g;

/**
 * Reads nginx configuration text (https://nginx.org/en/docs/beginners_guide.html#conf_structure).
 * @throws DevError NGINX_SYNTAX with the file and the line
 */
export function parseNginx(text: string, file: string): readonly Directive[] {
  const reader = new Reader(tokenize(text), file);
  return reader.directives(undefined);
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(tokenPattern)) {
    line += text.slice(counted, match.index).split("\n").length - 1;
    counted = match.index;
    if (!match[0].startsWith("#")) tokens.push({ text: match[0], line });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #file: string;
  #at = 0;

  constructor(tokens: readonly Token[], file: string) {
    this.#tokens = tokens;
    this.#file = file;
  }

  /** Reads up to the brace that closes `opener`, or to the end of the file where there is none. */
  directives(opener: Token | undefined): readonly Directive[] {
    const found: Directive[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.text === "}" && opener) {
        this.#at += 1;
        return found;
      }
      if (!token) {
        if (opener) throw this.#error(opener, 'this "{" is never closed');
        return found;
      }
      found.push(this.#directive(token));
    }
  }

  #directive(first: Token): Directive {
    if (first.text === "}") throw this.#error(first, 'this "}" closes nothing');
    if (first.text === ";" || first.text === "{")
      throw this.#error(first, `a directive's name is missing before "${first.text}"`);
    const place: Place = { file: this.#file, line: first.line };
    const words: string[] = [];
    for (this.#at += 1; ; this.#at += 1) {
      const token = this.#tokens[this.#at];
      if (!token || token.text === "}") throw this.#error(first, `"${first.text}" is not ended by ";"`);
      if (token.text === '"' || token.text === "'") throw this.#error(token, "this quote is never closed");
      if (token.text === ";") {
        this.#at += 1;
        return { name: first.text, words, place };
      }
      if (token.text === "{") {
        this.#at += 1;
        return { name: first.text, words, block: this.directives(token), place };
      }
      words.push(token.text);
    }
  }

  #error(token: Token, message: string): DevError {
    return badSyntax(this.#file, token.line, message);
  }
}

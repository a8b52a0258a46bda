import type { Problem } from "@drydock/core";
import type { Directive, Place } from "./directive.ts";
import { badConfiguration, mistake } from "./errors.ts";

interface Token {
  readonly text: string;
  readonly line: number;
}

// A comment, a quoted string, a brace or semicolon, or a word; a word may hold ${name} and escaped characters.
const tokenPattern =
  /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[{};]|(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};"'#\\])(?:\$\{[^}\s]*\}|\\[\s\S]|[^\s{};\\])*|["']/g;

/**
 * Reads nginx configuration text (https://nginx.org/en/docs/beginners_guide.html#conf_structure).
 * @throws DevError NGINX_SYNTAX with every mistake, each with the file and the line
 */
export function parseNginx(text: string, file: string): readonly Directive[] {
  const { directives, problems } = readDirectives(text, file);
  if (problems.length > 0) throw badConfiguration(file, problems);
  return directives;
}

/** Reads what can be read, and says what cannot: after a mistake it goes on at the next directive. */
export function readDirectives(
  text: string,
  file: string,
): { readonly directives: readonly Directive[]; readonly problems: readonly Problem[] } {
  const reader = new Reader(tokenize(text), file);
  const directives = reader.directives(undefined);
  return { directives, problems: reader.problems.toSorted((a, b) => a.line - b.line) };
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
  readonly problems: Problem[] = [];
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
        if (opener) this.#mistake(opener, 'this "{" is never closed', 'write the "}" that ends the block');
        return found;
      }
      if (token.text === "}") {
        this.#mistake(token, 'this "}" closes nothing', "remove it");
        this.#at += 1;
      } else found.push(...this.#directive(token));
    }
  }

  #directive(first: Token): readonly Directive[] {
    if (first.text === ";" || first.text === "{") {
      this.#mistake(first, `a directive's name is missing before "${first.text}"`);
      this.#at += 1;
      if (first.text === "{") this.directives(first);
      return [];
    }
    const place: Place = { file: this.#file, line: first.line };
    const words: string[] = [];
    for (this.#at += 1; ; this.#at += 1) {
      const token = this.#tokens[this.#at];
      if (!token || token.text === "}") {
        this.#mistake(first, `"${first.text}" is not ended by ";"`, `write: ${[first.text, ...words].join(" ")};`);
        return [];
      }
      if (token.text === '"' || token.text === "'") {
        this.#mistake(token, "this quote is never closed", `write the ${token.text} that ends the word`);
        this.#at = this.#tokens.length;
        return [];
      }
      const ends = token.line === first.line ? {} : { lastLine: token.line };
      if (token.text === ";") {
        this.#at += 1;
        return [{ name: first.text, words, place, ...ends }];
      }
      if (token.text === "{") {
        this.#at += 1;
        return [{ name: first.text, words, block: this.directives(token), place, ...ends }];
      }
      words.push(token.text);
    }
  }

  #mistake(token: Token, message: string, hint?: string): void {
    this.problems.push(mistake(this.#file, token.line, message, hint));
  }
}

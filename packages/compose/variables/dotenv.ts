import { type Interpolated, interpolate, type Lookup } from "./interpolate.ts";

/** A mistake in a file of variables, with the offset of where it begins. */
export interface DotenvMistake {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly hint: string;
}

/** What a file of variables says, and what is wrong with it. */
export interface Dotenv {
  /** Those of earlier files too; the last of equal names wins. */
  readonly variables: ReadonlyMap<string, string>;
  readonly mistakes: readonly DotenvMistake[];
  /** Variables that values refer to and that nothing sets; an empty text took their place. */
  readonly unset: readonly DotenvMistake[];
}

const space = /[\t\v\f\r \u0085\u00a0]/;
const nameCharacter = /[\p{L}\p{N}_.\-[\]\t\v\f\r \u0085\u00a0]/u;
const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  '"': '"',
  "\\": "\\",
  // Interpolation comes next and takes $$ for a dollar sign.
  $: "$$",
};

/**
 * Reads `KEY=VALUE` lines as Compose does (Compose Specification, "Env_file format"): comments, `export`, `KEY: VALUE`, single quotes literal,
 * double quotes with escapes and variables, unquoted values with variables up to ` #`, values of several lines in
 * quotes, a bare `KEY` taken from `lookup`. Values see earlier lines, and what `earlier` files said; `lookup` wins over them.
 */
export function parseDotenv(text: string, lookup: Lookup, earlier: ReadonlyMap<string, string> = new Map()): Dotenv {
  const variables = new Map(earlier);
  const mistakes: DotenvMistake[] = [];
  const unset: DotenvMistake[] = [];
  const known: Lookup = (name) => lookup(name) ?? variables.get(name);
  const fill = (value: string, start: number, raw: string): string => {
    const { text: filled, gaps }: Interpolated = interpolate(value, known);
    for (const gap of gaps) {
      const found = raw.indexOf(gap.expression);
      const place = { offset: start + Math.max(found, 0), length: found < 0 ? raw.length : gap.expression.length };
      if (gap.kind === "unset") {
        const hint = `set it, or write $$${gap.variable} or '...' when a dollar sign is meant`;
        unset.push({ ...place, message: `the variable ${gap.variable} is not set`, hint });
      } else if (gap.kind === "required") {
        mistakes.push({ ...place, message: `the variable ${gap.variable} is needed: ${gap.message}`, hint: "set it" });
      } else {
        mistakes.push({ ...place, message: `${gap.expression} is not a variable`, hint: "write $$ for a dollar sign" });
      }
    }
    return filled;
  };
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return { variables, mistakes, unset };
    const lineEnd = endOfLine(text, at);
    const key = readKey(text, at, lineEnd);
    if ("mistake" in key) {
      mistakes.push(key.mistake);
      at = lineEnd;
    } else if (key.isBare) {
      const inherited = lookup(key.name);
      if (inherited !== undefined) variables.set(key.name, inherited);
      at = lineEnd;
    } else {
      const start = skipSpaces(text, key.end);
      const quote = text[start];
      if (quote === '"' || quote === "'") {
        const quoted = readQuoted(text, start, quote);
        if (quoted === undefined) {
          const length = endOfLine(text, start) - start;
          mistakes.push({
            offset: start,
            length,
            message: "a quote is not closed",
            hint: `end the value with ${quote}`,
          });
          return { variables, mistakes, unset };
        }
        const raw = text.slice(start, quoted.end);
        variables.set(key.name, quote === '"' ? fill(readEscapes(quoted.value), start, raw) : quoted.value);
        at = quoted.end;
      } else {
        const valueEnd = endOfLine(text, start);
        const raw = (text.slice(start, valueEnd).split(" #", 1)[0] ?? "").trimEnd();
        variables.set(key.name, fill(raw, start, raw));
        at = valueEnd;
      }
    }
  }
}

type Key =
  | { readonly name: string; readonly isBare: boolean; readonly end: number }
  | { readonly mistake: DotenvMistake };

function readKey(text: string, offset: number, lineEnd: number): Key {
  const exported = /^export[\t\v\f\r ]+/.exec(text.slice(offset, lineEnd));
  const start = offset + (exported?.[0].length ?? 0);
  let end = start;
  while (end < lineEnd && text[end] !== "=" && text[end] !== ":") {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (!nameCharacter.test(character)) {
      const message = `${JSON.stringify(character)} cannot stand in the name of a variable`;
      return {
        mistake: { offset: end, length: character.length, message, hint: "write NAME=value, and # before a comment" },
      };
    }
    end += character.length;
  }
  const name = text.slice(start, end).trimEnd();
  if (/\s/.test(name) || name === "") {
    const message = name === "" ? "the name of the variable is missing" : "the name of a variable cannot have a space";
    return { mistake: { offset: start, length: Math.max(1, end - start), message, hint: "write NAME=value" } };
  }
  return { name, isBare: end >= lineEnd, end: end + 1 };
}

function readQuoted(
  text: string,
  start: number,
  quote: string,
): { readonly value: string; readonly end: number } | undefined {
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === quote) return { value, end: at + 1 };
    if (character === "\\" && at + 1 < text.length) {
      at += 1;
      value += text[at] === quote ? quote : `\\${text[at]}`;
    } else value += character;
  }
  return undefined;
}

function readEscapes(value: string): string {
  return value.replace(/\\([abcfnrtv$"\\]|0\d{0,3})/g, (whole, what: string) => {
    if (what.startsWith("0"))
      return /^0[0-7]{3}$/.test(what) ? String.fromCharCode(Number.parseInt(what.slice(1), 8) & 255) : whole;
    return escapes[what] ?? whole;
  });
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at += 1;
    if (text[at] !== "#") return at;
    at = endOfLine(text, at);
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && space.test(text[at] ?? "")) at += 1;
  return at;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

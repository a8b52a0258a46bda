import { characterEscape, quote, setEscape } from "./escapes.ts";
import type { Scanner } from "./scanner.ts";

// pcre2pattern(3), "POSIX character classes".
const posixClasses: ReadonlyMap<string, string> = new Map([
  ["alpha", "a-zA-Z"],
  ["digit", "0-9"],
  ["alnum", "a-zA-Z0-9"],
  ["upper", "A-Z"],
  ["lower", "a-z"],
  ["space", "\\t-\\r "],
  ["blank", "\\t "],
  ["punct", "!-\\/:-@\\[-`\\{-~"],
  ["xdigit", "0-9a-fA-F"],
  ["word", "a-zA-Z0-9_"],
  ["cntrl", "\\x00-\\x1f\\x7f"],
  ["print", " -~"],
  ["graph", "!-~"],
  ["ascii", "\\x00-\\x7f"],
]);

/** Parses a set in brackets, the opening one read already, and returns its JavaScript source. @throws MongoError 51091 */
export function parseClass(scanner: Scanner): string {
  const isNegated = scanner.take("^");
  const parts: string[] = [];
  const exclusions: string[] = [];
  for (let isFirst = true; isFirst || !scanner.take("]"); isFirst = false) {
    const item = parseItem(scanner);
    if (item.text === undefined) (item.isNegated ? exclusions : parts).push(item.inside);
    else parts.push(parseRange(item.text, scanner));
  }
  if (exclusions.length === 0) return `[${isNegated ? "^" : ""}${parts.join("")}]`;
  // A contrary set within a set: [\Wa] is anything that is no word character, or an a.
  const source = [...exclusions.map((inside) => `[^${inside}]`), ...(parts.length > 0 ? [`[${parts.join("")}]`] : [])];
  return isNegated ? `(?:(?!${source.join("|")})[\\s\\S])` : `(?:${source.join("|")})`;
}

type Item =
  | { readonly text: string }
  | { readonly text?: undefined; readonly inside: string; readonly isNegated: boolean };

function parseItem(scanner: Scanner): Item {
  const posix = scanner.takeMatch(/^\[:(\^)?([a-z]+):\]/);
  if (posix) {
    const inside = posixClasses.get(posix[2] ?? "");
    if (inside === undefined) throw scanner.invalid("unknown POSIX class name");
    return { inside, isNegated: posix[1] !== undefined };
  }
  if (/^\[[.=]/.test(scanner.rest())) throw scanner.unsupported("POSIX collating elements");
  const character = scanner.next();
  if (character !== "\\") return { text: character };
  const letter = scanner.next();
  if (letter === "b") return { text: "\b" };
  const set = setEscape(letter, scanner);
  if (set) return set;
  if (/[1-7]/.test(letter)) {
    const octal = letter + (scanner.takeMatch(/^[0-7]{0,2}/)?.[0] ?? "");
    return { text: String.fromCodePoint(Number.parseInt(octal, 8)) };
  }
  const text = characterEscape(letter, scanner);
  if (text === undefined) throw scanner.invalid(`unrecognized escape \\${letter} in a class`);
  return { text };
}

function parseRange(from: string, scanner: Scanner): string {
  if (scanner.peek() !== "-" || scanner.peek(1) === "]" || scanner.peek(1) === "") return quote(from);
  const mark = scanner.at;
  scanner.next();
  const to = parseItem(scanner);
  if (to.text === undefined) {
    // [a-\d]: the hyphen is itself.
    scanner.at = mark;
    return quote(from);
  }
  if ((to.text.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0))
    throw scanner.invalid("range out of order in character class");
  return `${quote(from)}-${quote(to.text)}`;
}

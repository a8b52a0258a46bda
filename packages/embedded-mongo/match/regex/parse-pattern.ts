import { characterEscape, quote, setEscape } from "./escapes.ts";
import { parseClass } from "./parse-class.ts";
import { parseGroup } from "./parse-group.ts";
import type { PatternState } from "./pattern-state.ts";
import { Scanner } from "./scanner.ts";
import type { RegexFlags, RegexNode } from "./syntax.ts";

/** Parses PCRE's syntax (pcre2pattern(3)). @throws MongoError 51091 for what is wrong or not supported */
export function parsePattern(pattern: string, flags: RegexFlags): RegexNode {
  const scanner = new Scanner(pattern);
  const state: PatternState = {
    scanner,
    flags,
    captures: 0,
    names: new Map(),
    references: [],
    parseChoice: () => parseChoice(state),
  };
  const node = parseChoice(state);
  if (!scanner.isAtEnd) throw scanner.invalid("unmatched closing parenthesis");
  if (state.references.some((number) => number > state.captures)) {
    throw scanner.invalid("reference to non-existent subpattern");
  }
  return node;
}

/** Flags set within a group end with it. */
function parseChoice(state: PatternState): RegexNode {
  const { scanner, flags } = state;
  const branches = [parseSequence(state)];
  while (scanner.take("|")) branches.push(parseSequence(state));
  state.flags = flags;
  const [only] = branches;
  return branches.length === 1 && only ? only : { kind: "choice", branches };
}

function parseSequence(state: PatternState): RegexNode {
  const { scanner } = state;
  const items: RegexNode[] = [];
  for (;;) {
    if (state.flags.extended && scanner.takeMatch(/^(?:[ \t\n\v\f\r]+|#[^\n]*)/)) continue;
    if (scanner.takeMatch(/^\(\?#[^)]*\)/)) continue;
    if (scanner.isAtEnd || scanner.peek() === "|" || scanner.peek() === ")") return { kind: "sequence", items };
    if (scanner.take("\\Q")) {
      while (!scanner.isAtEnd && !scanner.take("\\E")) items.push(literal(scanner.next(), state));
      // What follows repeats the last character alone.
      const last = items.pop();
      if (last) items.push(parseQuantifiers(last, state));
      continue;
    }
    if (scanner.take("\\E")) continue;
    const atom = parseAtom(state);
    if (atom) items.push(parseQuantifiers(atom, state));
  }
}

function parseAtom(state: PatternState): RegexNode | undefined {
  const { scanner, flags } = state;
  const character = scanner.next();
  switch (character) {
    case "(":
      return parseGroup(state);
    case "[":
      return set(parseClass(scanner), state);
    case ".":
      return leaf(flags.dotAll ? "[^]" : "[^\\n]");
    case "^":
      return place(flags.multiLine ? lineStart : "^");
    case "$":
      return place(flags.multiLine ? "(?![^\\n])" : "(?=\\n?$)");
    case "\\":
      return parseEscape(state);
    case "*":
    case "+":
    case "?":
      throw scanner.invalid("quantifier does not follow a repeatable item");
    default:
      return literal(character, state);
  }
}

// Behind a line break, but not behind the last one of the text.
const lineStart = "(?:(?<![^])|(?<=\\n)(?=[^]))";
// Never half of a \r\n.
const lineBreak = "(?:\\r\\n|(?!\\r\\n)[\\n-\\r\\x85\\u2028\\u2029])";

const places: ReadonlyMap<string, string> = new Map([
  ["b", "\\b"],
  ["B", "\\B"],
  ["A", "^"],
  ["z", "$"],
  ["Z", "(?=\\n?$)"],
]);

function parseEscape(state: PatternState): RegexNode {
  const { scanner } = state;
  const letter = scanner.next();
  const at = places.get(letter);
  if (at !== undefined) return place(at);
  if (letter === "N") return leaf("[^\\n]");
  if (letter === "R") return leaf(lineBreak);
  const reference = parseReference(letter, state);
  if (reference) return reference;
  const characters = setEscape(letter, scanner);
  if (characters) return leaf(`[${characters.isNegated ? "^" : ""}${characters.inside}]`);
  const character = characterEscape(letter, scanner);
  if (character !== undefined) return literal(character, state);
  throw "KGXC".includes(letter)
    ? scanner.unsupported(`\\${letter}`)
    : scanner.invalid(`unrecognized character follows \\`);
}

function parseReference(letter: string, state: PatternState): RegexNode | undefined {
  const { scanner } = state;
  let number: number | undefined;
  if (/[1-9]/.test(letter)) number = Number(letter + (scanner.takeMatch(/^[0-9]{0,2}/)?.[0] ?? ""));
  else if (letter === "g") {
    const found = scanner.takeMatch(/^(?:\{(-)?([0-9]+)\}|(-)?([0-9]+))/);
    if (!found) throw scanner.unsupported("\\g of this form");
    const given = Number(found[2] ?? found[4]);
    number = (found[1] ?? found[3]) ? state.captures + 1 - given : given;
  } else if (letter === "k") {
    const found = scanner.takeMatch(/^(?:<(\w+)>|\{(\w+)\}|'(\w+)')/);
    number = state.names.get(found?.[1] ?? found?.[2] ?? found?.[3] ?? "");
    if (number === undefined) throw scanner.invalid("reference to non-existent subpattern");
  }
  if (number === undefined) return undefined;
  state.references.push(number);
  return { kind: "reference", number, isCaseless: state.flags.ignoreCase };
}

function parseQuantifiers(atom: RegexNode, { scanner, flags }: PatternState): RegexNode {
  if (flags.extended) scanner.takeMatch(/^[ \t\n\v\f\r]+/);
  const found = scanner.takeMatch(/^(?:([*+?])|\{([0-9]+)(,)?([0-9]*)\})([+?])?/);
  if (!found) return atom;
  const [, sign, low, comma, high, mode] = found;
  const min = sign === undefined ? Number(low) : sign === "+" ? 1 : 0;
  const end = high === "" || high === undefined ? Number.POSITIVE_INFINITY : Number(high);
  const max = sign === "?" ? 1 : sign !== undefined ? Number.POSITIVE_INFINITY : comma === undefined ? min : end;
  if (max < min) throw scanner.invalid("numbers out of order in {} quantifier");
  if (min > 65_535 || (max > 65_535 && max !== Number.POSITIVE_INFINITY))
    throw scanner.invalid("number too big in {} quantifier");
  if (/^[*+?]/.test(scanner.peek())) throw scanner.invalid("quantifier does not follow a repeatable item");
  const repeat: RegexNode = { kind: "repeat", child: atom, min, max, isLazy: mode === "?" };
  return mode === "+" ? { kind: "atomic", child: repeat } : repeat;
}

const leaf = (source: string): RegexNode => ({ kind: "leaf", source });
const place = (source: string): RegexNode => ({ kind: "leaf", source, isPlace: true });

const literal = (character: string, { flags }: PatternState): RegexNode => ({
  kind: "leaf",
  source: quote(character),
  literal: character,
  isCaseless: flags.ignoreCase,
});

const set = (source: string, { flags }: PatternState): RegexNode => ({
  kind: "leaf",
  source,
  isCaseless: flags.ignoreCase,
});

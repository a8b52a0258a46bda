import { isBounded } from "./is-bounded.ts";
import type { PatternState } from "./pattern-state.ts";
import { caseOf, type RegexFlags, type RegexNode } from "./syntax.ts";

/** Parses what follows an opening parenthesis, to behind the closing one. Undefined for a change of flags. @throws MongoError 51091 */
export function parseGroup(state: PatternState): RegexNode | undefined {
  const { scanner } = state;
  if (scanner.peek() === "*") throw scanner.unsupported("a verb (*...)");
  if (!scanner.take("?")) return capture(state, undefined);
  const name = scanner.takeMatch(/^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/);
  if (name) return capture(state, name[1] ?? name[2]);
  if (scanner.take(":")) return closed(state, state.parseChoice());
  if (scanner.take(">")) return { kind: "atomic", child: closed(state, state.parseChoice()) };
  const look = scanner.takeMatch(/^(<?)([=!])/);
  if (look) {
    const child = closed(state, state.parseChoice());
    if (look[1] === "<" && !isBounded(child)) throw scanner.invalid("length of lookbehind assertion is not limited");
    if (look[1] === "<" && caseOf(child) === "mixed") throw scanner.unsupported("(?i) for a part of a lookbehind");
    return { kind: "look", isBehind: look[1] === "<", isNegative: look[2] === "!", child };
  }
  const back = scanner.takeMatch(/^P=(\w+)\)/);
  if (back) return referenceTo(back[1] ?? "", state);
  return parseFlags(state);
}

function capture(state: PatternState, name: string | undefined): RegexNode {
  const number = ++state.captures;
  if (name !== undefined) state.names.set(name, number);
  return { kind: "capture", number, child: closed(state, state.parseChoice()) };
}

function closed(state: PatternState, node: RegexNode): RegexNode {
  if (!state.scanner.take(")")) throw state.scanner.invalid("missing closing parenthesis");
  return node;
}

function referenceTo(name: string, state: PatternState): RegexNode {
  const number = state.names.get(name);
  if (number === undefined) throw state.scanner.invalid("reference to non-existent subpattern");
  return { kind: "reference", number, isCaseless: state.flags.ignoreCase };
}

/** `(?i)`, `(?i-s:...)`. */
function parseFlags(state: PatternState): RegexNode | undefined {
  const { scanner } = state;
  const found = scanner.takeMatch(/^([imsx]*)(?:-([imsx]+))?([:)])/);
  if (!found) throw scanner.unsupported(`the group (?${scanner.peek()}...)`);
  const before = state.flags;
  state.flags = changed(before, found[1] ?? "", found[2] ?? "");
  // The flags last until the end of the group around this one, which sets them back.
  if (found[3] === ")") return undefined;
  const child = closed(state, state.parseChoice());
  state.flags = before;
  return child;
}

function changed(flags: RegexFlags, on: string, off: string): RegexFlags {
  const at = (letter: string, now: boolean) => (off.includes(letter) ? false : on.includes(letter) || now);
  return {
    ignoreCase: at("i", flags.ignoreCase),
    multiLine: at("m", flags.multiLine),
    dotAll: at("s", flags.dotAll),
    extended: at("x", flags.extended),
  };
}

import { MongoError } from "../../errors/mongo-error.ts";
import type { TextPattern } from "../expression.ts";
import { emitJavaScript } from "./emit-javascript.ts";
import { caseOf, type RegexLeaf, type RegexNode } from "./syntax.ts";

// PCRE gives up too, after 10 million (pcre2api(3), "match limit"); this many are about 0.1 s here. A long text is given more.
const mostSteps = 1_000_000;
const stepsPerUnit = 4;

/** Continues behind a match at a place; true when the rest matched as well. */
type Continue = (at: number) => boolean;
type Match = (at: number, then: Continue) => boolean;

interface Run {
  text: string;
  steps: number;
  limit: number;
  captures: (readonly [from: number, to: number] | undefined)[];
}

/** Where a pattern matched, and what its groups matched. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly captures: readonly (string | undefined)[];
}

/** A pattern that tells where it matches. @throws MongoError 51156 when it gives up */
export interface BacktrackingPattern extends TextPattern {
  /** The first match at `from` or behind. */
  find(text: string, from: number): Found | undefined;
}

/**
 * Matches by our own backtracking, which counts its steps and gives up: for patterns whose time could grow without bounds in
 * JavaScript's engine, which cannot be interrupted. `test` throws MongoError 51156 when it gives up.
 */
export function backtrack(root: RegexNode, pattern: string): BacktrackingPattern {
  const run: Run = { text: "", steps: 0, limit: mostSteps, captures: [] };
  const match = compile(root, run, () => {
    if (++run.steps > run.limit) throw tooMuch(pattern);
  });
  const nextStart = startsOf(root);
  // The empty alternative matches always, with as many captures as there are groups.
  const groups = (new RegExp(`${emitJavaScript(root)}|`, "u").exec("")?.length ?? 1) - 1;
  const find = (text: string, from: number): Found | undefined => {
    run.text = text;
    run.steps = 0;
    run.limit = mostSteps + stepsPerUnit * text.length;
    for (let start = nextStart(text, from); start >= 0 && start <= text.length; start = nextStart(text, start + 1)) {
      run.captures = [];
      const end = matchAt(match, start, pattern);
      if (end === undefined) continue;
      const captures = Array.from({ length: groups }, (_, index) => {
        const range = run.captures[index + 1];
        return range && text.slice(...range);
      });
      return { start, end, captures };
    }
    return undefined;
  };
  return { test: (text) => find(text, 0) !== undefined, find };
}

/** Where a match may begin, from a place on: what begins with a letter or at the text's start begins nowhere else. Negative for nowhere. */
function startsOf(root: RegexNode): (text: string, from: number) => number {
  const [first] = root.kind === "sequence" ? root.items : [root];
  if (first?.kind === "leaf" && first.source === "^") return (_, from) => (from === 0 ? 0 : -1);
  const literal = first?.kind === "leaf" && first.isCaseless === false ? first.literal : undefined;
  return literal === undefined ? (_, from) => from : (text, from) => text.indexOf(literal, from);
}

/** Where the match ends. Deep recursion is a run-away too. */
function matchAt(match: Match, at: number, pattern: string): number | undefined {
  let end: number | undefined;
  try {
    match(at, (place) => {
      end = place;
      return true;
    });
    return end;
  } catch (error) {
    throw error instanceof RangeError ? tooMuch(pattern) : error;
  }
}

const tooMuch = (pattern: string) =>
  new MongoError(
    51156,
    `Error occurred while executing the regular expression, which backtracks too often: ${pattern}`,
  );

function compile(node: RegexNode, run: Run, step: () => void): Match {
  const child = (inner: RegexNode) => compile(inner, run, step);
  switch (node.kind) {
    case "leaf":
      return compileLeaf(node.source, node, run, step);
    case "sequence":
      return node.items.map(child).reduceRight<Match>(
        (rest, first) => (at, then) => first(at, (next) => rest(next, then)),
        (at, then) => then(at),
      );
    case "choice": {
      const branches = node.branches.map(child);
      return (at, then) => branches.some((branch) => branch(at, then));
    }
    case "capture":
      return compileCapture(node.number, child(node.child), run);
    case "reference":
      return (at, then) => {
        const [from, to] = run.captures[node.number] ?? [0, -1];
        const wanted = run.text.slice(from, to);
        if (to < 0 || !same(run.text.slice(at, at + wanted.length), wanted, node.isCaseless)) return false;
        return then(at + wanted.length);
      };
    case "look": {
      if (node.isBehind) return compileLeaf(emitJavaScript(node), node, run, step);
      const inner = child(node.child);
      return (at, then) => inner(at, () => true) !== node.isNegative && then(at);
    }
    case "atomic": {
      const inner = child(node.child);
      return (at, then) => {
        let end = -1;
        return inner(at, (next) => {
          end = next;
          return true;
        })
          ? then(end)
          : false;
      };
    }
    case "repeat":
      if (node.child.kind === "leaf" && !node.isLazy) return compileLeafRepeat(node.child, node, run, step);
      return compileRepeat(child(node.child), node, step);
  }
}

const same = (left: string, right: string, isCaseless: boolean): boolean =>
  left === right || (isCaseless && left.toLowerCase() === right.toLowerCase());

/** Matches at one place alone. */
const stickyOf = (source: string, node: RegexNode): RegExp =>
  new RegExp(source, caseOf(node) === "ignored" ? "iuy" : "uy");

function compileLeaf(source: string, node: RegexNode, run: Run, step: () => void): Match {
  const sticky = stickyOf(source, node);
  return (at, then) => {
    step();
    sticky.lastIndex = at;
    return sticky.test(run.text) && then(sticky.lastIndex);
  };
}

function compileCapture(number: number, inner: Match, run: Run): Match {
  return (at, then) => {
    const before = run.captures[number];
    const isMatch = inner(at, (end) => {
      const kept = run.captures[number];
      run.captures[number] = [at, end];
      if (then(end)) return true;
      run.captures[number] = kept;
      return false;
    });
    if (!isMatch) run.captures[number] = before;
    return isMatch;
  };
}

interface Turns {
  readonly min: number;
  readonly max: number;
  readonly isLazy: boolean;
}

/** The usual repetition, `[a-z]*`, without recursion: goes as far as it can, then back. */
function compileLeafRepeat(leaf: RegexLeaf, { min, max }: Turns, run: Run, step: () => void): Match {
  const sticky = stickyOf(leaf.source, leaf);
  return (at, then) => {
    const ends = [at];
    for (let end = at; ends.length <= max; ends.push(end)) {
      step();
      sticky.lastIndex = end;
      if (!sticky.test(run.text) || sticky.lastIndex === end) break;
      end = sticky.lastIndex;
    }
    while (ends.length > min) {
      step();
      if (then(ends.pop() ?? at)) return true;
    }
    return false;
  };
}

function compileRepeat(inner: Match, { min, max, isLazy }: Turns, step: () => void): Match {
  const attempt = (at: number, count: number, then: Continue): boolean => {
    step();
    // A turn that matched nothing is the last one.
    const more = () =>
      count < max && inner(at, (next) => (next === at && count >= min ? false : attempt(next, count + 1, then)));
    if (count < min) return more();
    return isLazy ? then(at) || more() : more() || then(at);
  };
  return (at, then) => attempt(at, 0, then);
}

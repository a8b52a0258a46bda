import { type Directive, unquote } from "../directive.ts";
import type { Condition } from "./model.ts";
import type { Report } from "./report.ts";

const fileTests = { f: "file", d: "directory", e: "exists", x: "executable" } as const;

/** Reads the words between the parentheses of an `if` (ngx_http_rewrite_module, if); undefined when they are wrong. */
export function readCondition(at: Directive, report: Report): Condition | undefined {
  const words = withoutParentheses(at.words);
  if (!words) {
    report.problem(at, 'the condition of "if" stands in parentheses', "write: if ($variable = value) { ... }");
    return undefined;
  }
  const [first = "", operator, ...rest] = words;
  const [, negation, letter] = /^(!?)-([fdex])$/.exec(first) ?? [];
  if (letter === "f" || letter === "d" || letter === "e" || letter === "x")
    return {
      kind: "file",
      test: fileTests[letter],
      path: report.template(at, operator ?? ""),
      isNegated: negation === "!",
    };
  if (!unquote(first).startsWith("$")) {
    report.problem(
      at,
      `the condition "${words.join(" ")}" does not begin with a variable`,
      "write: if ($variable = value) { ... }",
    );
    return undefined;
  }
  const value = report.template(at, first);
  if (operator === undefined) return { kind: "truth", value };
  const [other] = rest;
  if (other === undefined || rest.length > 1) {
    report.problem(
      at,
      `the condition "${words.join(" ")}" is not understood`,
      'put values with spaces in quotes: if ($a = "b c") { ... }',
    );
    return undefined;
  }
  const isNegated = operator.startsWith("!");
  if (operator === "=" || operator === "!=")
    return { kind: "equal", value, other: report.template(at, other), isNegated };
  if (/^!?~\*?$/.test(operator))
    return { kind: "match", value, regex: report.regex(at, unquote(other), operator.endsWith("*")), isNegated };
  report.problem(at, `"${operator}" is no operator of "if"`, "write one of = != ~ ~* !~ !~*");
  return undefined;
}

/** `($a`, `=`, `b)` and `(`, `$a`, `)` alike. */
function withoutParentheses(words: readonly string[]): readonly string[] | undefined {
  const copy = [...words];
  const first = copy[0];
  if (!first?.startsWith("(")) return undefined;
  if (first === "(") copy.shift();
  else copy[0] = first.slice(1);
  const last = copy.at(-1);
  if (!last?.endsWith(")")) return undefined;
  if (last === ")") copy.pop();
  else copy[copy.length - 1] = last.slice(0, -1);
  return copy.length === 0 ? undefined : copy;
}

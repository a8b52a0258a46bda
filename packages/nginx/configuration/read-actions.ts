import { type Directive, unquote } from "../directive.ts";
import { compileTemplate } from "../variables/template.ts";
import type { Action, Location } from "./model.ts";
import { readCondition } from "./read-condition.ts";
import type { Report } from "./report.ts";
import { values } from "./words.ts";

/** The directives of the rewrite module. */
export const actionNames: ReadonlySet<string> = new Set(["set", "rewrite", "return", "break", "if"]);

/** Reads the rewrite module's directives of a block, in their order. `readIf` gives what an `if` in a location makes of the request. */
export function readActions(
  block: readonly Directive[],
  report: Report,
  readIf: (at: Directive, actions: readonly Action[]) => Location | undefined,
): readonly Action[] {
  return block.flatMap((each): readonly Action[] => {
    if (each.name === "set") return readSet(each, report);
    if (each.name === "rewrite") return readRewrite(each, report);
    if (each.name === "return") return readReturn(each, report);
    if (each.name === "break") return [{ kind: "break" }];
    if (each.name !== "if") return [];
    const condition = readCondition(each, report);
    const actions = readActions(
      (each.block ?? []).filter(({ name }) => name !== "if"),
      report,
      readIf,
    );
    const location = readIf(each, actions);
    return condition ? [{ kind: "if", condition, actions, location }] : [];
  });
}

function readSet(at: Directive, report: Report): readonly Action[] {
  const [name = "", value] = at.words;
  if (!/^\$\w+$/.test(name) || value === undefined || at.words.length > 2) {
    report.problem(at, '"set" takes a variable and a value', `write: set $${name.replace(/^\$/, "")} "value";`);
    return [];
  }
  const variable = name.slice(1).toLowerCase();
  report.defined.add(variable);
  return [{ kind: "set", variable, value: report.template(at, value) }];
}

const flags = ["last", "break", "redirect", "permanent"] as const;

function readRewrite(at: Directive, report: Report): readonly Action[] {
  const [pattern = "", replacement, flagWord] = values(at);
  const flag = flags.find((each) => each === flagWord);
  if (replacement === undefined || (flagWord !== undefined && flag === undefined)) {
    const what =
      replacement === undefined ? "takes a regular expression and a replacement" : `has no flag "${flagWord}"`;
    report.problem(at, `"rewrite" ${what}`, "write: rewrite ^/old/(.*)$ /new/$1 last; or break, redirect, permanent");
    return [];
  }
  const isAbsolute = /^(https?:\/\/|\$scheme)/.test(replacement);
  const question = replacement.indexOf("?");
  const dropsQuery = replacement.endsWith("?");
  const path = question < 0 ? replacement : replacement.slice(0, question);
  const query =
    question < 0 || question === replacement.length - 1
      ? undefined
      : replacement.slice(question + 1, dropsQuery ? -1 : undefined);
  report.template(at, replacement);
  return [
    {
      kind: "rewrite",
      regex: report.regex(at, pattern, false),
      path: compileTemplate(path),
      query: query === undefined ? undefined : compileTemplate(query),
      keepsQuery: !dropsQuery,
      flag: isAbsolute && flag !== "permanent" ? "redirect" : flag,
    },
  ];
}

function readReturn(at: Directive, report: Report): readonly Action[] {
  const [first = "", text] = at.words;
  const code = unquote(first);
  if (at.words.length === 1 && /^(https?:\/\/|\$scheme)/.test(code))
    return [{ kind: "return", status: 302, text: report.template(at, first) }];
  if (!/^\d{1,3}$/.test(code) || at.words.length > 2) {
    report.problem(
      at,
      `"return" takes a status and a text or an address`,
      "write: return 301 https://$host$request_uri;",
    );
    return [];
  }
  return [{ kind: "return", status: Number(code), text: text === undefined ? undefined : report.template(at, text) }];
}

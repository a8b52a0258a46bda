import { type Directive, unquote } from "../directive.ts";
import type { Template } from "../variables/template.ts";
import type { ValueMap } from "./model.ts";
import type { Report } from "./report.ts";

/** Reads `map source $variable { ... }` (ngx_http_map_module): the text itself, then wildcards where `hostnames` is said, then regular expressions in their order, then `default`. */
export function readMap(at: Directive, report: Report): readonly (readonly [string, ValueMap])[] {
  const [source = "", variable = ""] = at.words;
  if (at.words.length !== 2 || !variable.startsWith("$")) {
    report.problem(at, '"map" takes a source and a variable', "write: map $http_upgrade $connection_upgrade { ... }");
    return [];
  }
  const name = variable.slice(1).toLowerCase();
  report.defined.add(name);
  const input = report.template(at, source);
  const block = at.block ?? [];
  const takesHostNames = block.some((each) => each.name === "hostnames" && each.words.length === 0);
  const exact = new Map<string, Template>();
  const wildcards: { readonly fits: (text: string) => boolean; readonly length: number; readonly value: Template }[] =
    [];
  const regexes: { readonly regex: RegExp; readonly value: Template }[] = [];
  let fallback: Template | undefined;
  for (const each of block) {
    if (each.words.length === 0 && (each.name === "hostnames" || each.name === "volatile")) continue;
    if (each.words.length !== 1) {
      report.problem(
        each,
        `"${each.name}" in "map" takes one value, it has ${each.words.length}`,
        `write: ${each.name} "value";`,
      );
      continue;
    }
    const value = report.template(each, each.words[0] ?? "");
    const key = unquote(each.name);
    if (key === "default") fallback = value;
    else if (key.startsWith("~*")) regexes.push({ regex: report.regex(each, key.slice(2), true), value });
    else if (key.startsWith("~")) regexes.push({ regex: report.regex(each, key.slice(1), false), value });
    else if (takesHostNames && /^\*?\.|\.\*$/.test(key))
      wildcards.push({ fits: hostPattern(key), length: key.length, value });
    // A backslash keeps a key such as `\default` from its special meaning.
    else exact.set(key.replace(/^\\/, "").toLowerCase(), value);
  }
  wildcards.sort((a, b) => b.length - a.length);
  const evaluate: ValueMap["evaluate"] = (lookup, capture) => {
    const text = input.evaluate(lookup);
    const key = text.toLowerCase();
    const found = exact.get(key) ?? wildcards.find(({ fits }) => fits(key))?.value;
    if (found) return found.evaluate(lookup);
    for (const { regex, value } of regexes) {
      const match = regex.exec(text);
      if (!match) continue;
      capture(match);
      return value.evaluate(lookup);
    }
    return fallback?.evaluate(lookup) ?? "";
  };
  return [[name, { evaluate }]];
}

function hostPattern(key: string): (text: string) => boolean {
  const lower = key.toLowerCase();
  if (lower.startsWith("*.")) return (text) => text.endsWith(lower.slice(1));
  if (lower.startsWith(".")) return (text) => text.endsWith(lower) || text === lower.slice(1);
  return (text) => text.startsWith(lower.slice(0, -1));
}

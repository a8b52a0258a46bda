import type { Problem } from "@drydock/core";
import { type Directive, unquote } from "../directive.ts";
import { mistake } from "../errors.ts";
import { compileRegex } from "../variables/regex.ts";
import { compileTemplate, type Template } from "../variables/template.ts";
import type { Notice } from "./model.ts";

/** Collects what is wrong with a configuration, and what is understood but not done. */
export class Report {
  readonly problems: Problem[] = [];
  readonly notices: Notice[] = [];
  /** Each variable that some word names, with the first directive that does. */
  readonly used = new Map<string, Directive>();
  /** Variables that the configuration defines: `set`, `map`, named groups. */
  readonly defined = new Set<string>();

  problem(at: Directive, message: string, hint?: string): void {
    const { file, line } = at.place ?? { file: "", line: 0 };
    this.problems.push(mistake(file, line, message, hint ?? missingSemicolon(at)));
  }

  /** @param detail what of it, or why; the directive as a whole without it. */
  notHonoured(at: Directive, detail = "is not honoured by the embedded edge"): void {
    this.notices.push({ place: at.place, directive: at.name, message: `${at.name} ${detail}` });
  }

  /** A word with variables. */
  template(at: Directive, word: string): Template {
    const template = compileTemplate(unquote(word));
    for (const name of template.names) if (!this.used.has(name)) this.used.set(name, at);
    return template;
  }

  /** A regular expression, its named groups defined as variables; one that matches nothing where it cannot be read. */
  regex(at: Directive, pattern: string, isCaseless: boolean): RegExp {
    const compiled = compileRegex(pattern, isCaseless);
    if ("reason" in compiled) {
      this.problem(
        at,
        `the regular expression "${pattern}" cannot be read: ${compiled.reason}`,
        "write it in another way",
      );
      return /(?!)/;
    }
    for (const [, name = ""] of compiled.regex.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g))
      this.defined.add(name.toLowerCase());
    return compiled.regex;
  }
}

/** A directive whose words go over lines most often lacks its semicolon. */
function missingSemicolon({ name, place, lastLine }: Directive): string | undefined {
  return place && lastLine !== undefined && lastLine > place.line
    ? `a ";" is probably missing after "${name}" in line ${place.line}`
    : undefined;
}

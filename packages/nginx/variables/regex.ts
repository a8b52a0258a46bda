/** A regular expression of nginx's (PCRE) as one of JavaScript's, or why it has none. */
export type CompiledRegex = { readonly regex: RegExp } | { readonly reason: string };

/**
 * Compiles a pattern. The common part of both languages stays as it is; `(?P<name>...)`, `(?i)` in front, `\A`, `\z`, `\h` and
 * POSIX classes are translated (pcre2pattern(3)); possessive quantifiers, atomic groups and recursion have no equal.
 */
export function compileRegex(pattern: string, isCaseless: boolean): CompiledRegex {
  const [, inline = ""] = /^\(\?([imsx]+)\)/.exec(pattern) ?? [];
  if (inline.includes("x")) return { reason: "the flag (?x) is not understood by the embedded edge" };
  const body = pattern.slice(inline === "" ? 0 : inline.length + 3);
  if (/(?<!\\)(?:\(\?>|\(\?R\)|[*+?}]\+)/.test(body))
    return { reason: "possessive quantifiers, atomic groups and recursion are not understood by the embedded edge" };
  const flags = new Set([...inline, ...(isCaseless ? ["i"] : [])]);
  try {
    return { regex: new RegExp(translate(body), [...flags].sort().join("")) };
  } catch (error) {
    const words = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
    return { reason: words };
  }
}

const posixClasses: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
};

function translate(body: string): string {
  return body
    .replace(/\(\?P</g, "(?<")
    .replace(/\\A/g, "^")
    .replace(/\\[zZ]/g, "$")
    .replace(/\\h/g, "[ \\t]")
    .replace(/\[:(\w+):\]/g, (whole, name: string) => posixClasses[name] ?? whole);
}

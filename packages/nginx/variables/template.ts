/** Gives the value of a variable by its name without `$`; `1` to `9` are captures. Undefined where it has none. */
export type Lookup = (name: string) => string | undefined;

/** A word with variables in it: `$scheme://$host`. */
export interface Template {
  /** The variables that it names. */
  readonly names: readonly string[];
  /** The value, when it names none. */
  readonly constant: string | undefined;
  evaluate(lookup: Lookup): string;
}

const variablePattern = /\$(?:\{([A-Za-z0-9_]+)\}|([1-9]|[A-Za-z_][A-Za-z0-9_]*))/g;

/** Compiles a word whose quotes are taken off. A variable without a value is empty, as in nginx. */
export function compileTemplate(text: string): Template {
  const parts: (string | { readonly name: string })[] = [];
  let at = 0;
  for (const match of text.matchAll(variablePattern)) {
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push({ name: (match[1] ?? match[2] ?? "").toLowerCase() });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  const names = parts.flatMap((part) => (typeof part === "string" ? [] : [part.name]));
  const [first] = parts;
  if (names.length === 0) return { names, constant: text, evaluate: () => text };
  if (parts.length === 1 && typeof first === "object") {
    const { name } = first;
    return { names, constant: undefined, evaluate: (lookup) => lookup(name) ?? "" };
  }
  const evaluate = (lookup: Lookup): string => {
    let value = "";
    for (const part of parts) value += typeof part === "string" ? part : (lookup(part.name) ?? "");
    return value;
  };
  return { names, constant: undefined, evaluate };
}

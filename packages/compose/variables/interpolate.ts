/** Looks a variable up; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/** Something that keeps a text from being filled in. `expression` is the part of the text that it concerns. */
export interface Gap {
  readonly kind: "unset" | "required" | "malformed";
  readonly expression: string;
  readonly variable: string;
  /** What `${A:?message}` says, filled in. */
  readonly message: string;
}

/** A text with its variables filled in; where there are gaps, without what they stand for. */
export interface Interpolated {
  readonly text: string;
  readonly gaps: readonly Gap[];
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /:?[-+?]/y;

/**
 * Fills variables into a text (Compose Specification, Interpolation): `$A`, `${A}`, `${A:-d}`, `${A-d}`, `${A:?e}`, `${A?e}`,
 * `${A:+r}`, `${A+r}`, nested in each other, and `$$` for a dollar sign. What is not used is not looked at: the
 * default of a variable that is set may name one that is not.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes("$")) return { text, gaps: [] };
  const gaps: Gap[] = [];
  let result = "";
  let at = 0;
  for (let dollar = text.indexOf("$"); dollar >= 0; dollar = text.indexOf("$", at)) {
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === "$") {
      result += "$";
      at = dollar + 2;
    } else if (next === "{") {
      const end = closingBrace(text, dollar + 1);
      const expression = text.slice(dollar, end + 1);
      result += braced(expression, lookup, gaps);
      at = end + 1;
    } else {
      const variable = matchAt(name, text, dollar + 1);
      result += variable === undefined ? "$" : plain(variable, `$${variable}`, lookup, gaps);
      at = dollar + 1 + (variable?.length ?? 0);
    }
  }
  return { text: result + text.slice(at), gaps };
}

function braced(expression: string, lookup: Lookup, gaps: Gap[]): string {
  const variable = matchAt(name, expression, 2);
  const operation = variable === undefined ? undefined : matchAt(operator, expression, 2 + variable.length);
  const isClosed = expression.endsWith("}");
  if (variable === undefined || !isClosed || (operation === undefined && expression.length !== variable.length + 3)) {
    gaps.push({ kind: "malformed", expression, variable: variable ?? "", message: "" });
    return "";
  }
  if (operation === undefined) return plain(variable, expression, lookup, gaps);
  const operand = expression.slice(2 + variable.length + operation.length, -1);
  const value = lookup(variable);
  const counts = operation.startsWith(":") ? value !== undefined && value !== "" : value !== undefined;
  const fill = (): string => {
    const inner = interpolate(operand, lookup);
    gaps.push(...inner.gaps);
    return inner.text;
  };
  switch (operation.at(-1)) {
    case "-":
      return counts ? (value ?? "") : fill();
    case "+":
      return counts ? fill() : (value ?? "");
    default:
      if (counts) return value ?? "";
      gaps.push({ kind: "required", expression, variable, message: fill() });
      return "";
  }
}

function plain(variable: string, expression: string, lookup: Lookup, gaps: Gap[]): string {
  const value = lookup(variable);
  if (value === undefined) gaps.push({ kind: "unset", expression, variable, message: "" });
  return value ?? "";
}

/** The index of the brace that closes the one at `open`; else of the last one; else the end of the text. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  const last = text.lastIndexOf("}");
  return last > open ? last : text.length - 1;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

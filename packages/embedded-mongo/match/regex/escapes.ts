import type { Scanner } from "./scanner.ts";

// Sets by their contents between brackets; a capital letter is the contrary (pcre2pattern(3), "Generic character types"). PCRE's are ASCII.
const sets: ReadonlyMap<string, string> = new Map([
  ["d", "0-9"],
  ["w", "a-zA-Z0-9_"],
  ["s", "\\t-\\r "],
  ["h", "\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000"],
  ["v", "\\n-\\r\\x85\\u2028\\u2029"],
]);

const controls: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["f", "\f"],
  ["a", "\u0007"],
  ["e", "\u001b"],
]);

/** The contents of a set behind a backslash; the letter is read already. */
export function setEscape(
  letter: string,
  scanner: Scanner,
): { readonly inside: string; readonly isNegated: boolean } | undefined {
  if (letter === "p" || letter === "P") return propertyEscape(letter === "P", scanner);
  const inside = sets.get(letter.toLowerCase());
  return inside === undefined ? undefined : { inside, isNegated: letter !== letter.toLowerCase() };
}

function propertyEscape(isCapital: boolean, scanner: Scanner) {
  const found = scanner.takeMatch(/^(?:\{(\^)?([A-Za-z_&]+)\}|([A-Z]))/);
  const name = found?.[2] ?? found?.[3];
  if (name === undefined) throw scanner.invalid("malformed \\p");
  const isNegated = isCapital !== (found?.[1] !== undefined);
  for (const property of [name, `Script=${name}`]) {
    if (isProperty(property)) return { inside: `\\p{${property}}`, isNegated };
  }
  throw scanner.unsupported(`the property \\p{${name}}`);
}

function isProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, "u").source !== "";
  } catch {
    return false;
  }
}

/** The character that an escape stands for; the letter is read already. Undefined for what is no character. */
export function characterEscape(letter: string, scanner: Scanner): string | undefined {
  const control = controls.get(letter);
  if (control !== undefined) return control;
  if (letter === "x") {
    const found = scanner.takeMatch(/^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{0,2}))/);
    return fromCode(Number.parseInt(found?.[1] ?? (found?.[2] || "0"), 16), scanner);
  }
  if (letter === "o") {
    const found = scanner.takeMatch(/^\{([0-7]+)\}/);
    return fromCode(Number.parseInt(found?.[1] ?? "x", 8), scanner);
  }
  if (letter === "0") return fromCode(Number.parseInt(`0${scanner.takeMatch(/^[0-7]{0,2}/)?.[0] ?? ""}`, 8), scanner);
  if (letter === "c") return fromCode(scanner.next().toUpperCase().charCodeAt(0) ^ 64, scanner);
  // A backslash before anything but letters and digits means the character itself.
  return /[A-Za-z0-9]/.test(letter) ? undefined : letter;
}

function fromCode(code: number, scanner: Scanner): string {
  if (!(code <= 0x10ffff)) throw scanner.invalid("a character code is out of range");
  return String.fromCodePoint(code);
}

/** The source of a character, in a set or outside. */
export function quote(character: string): string {
  if (/^[A-Za-z0-9_ ]$/.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One instruction of a Dockerfile, its continuation lines joined. */
export interface Instruction {
  /** Upper case: `FROM`. */
  readonly name: string;
  /** What follows, without line ends; the bodies of here-documents are left out. */
  readonly text: string;
}

/**
 * Splits the text of a Dockerfile into instructions (Dockerfile reference: "Format", "Parser directives", "Here-documents").
 * Never throws: what it does not understand is an instruction that nobody asks for.
 */
export function parseDockerfile(text: string): readonly Instruction[] {
  const escapeSign = /^#\s*escape\s*=\s*`/im.test(text.split("\n", 3).join("\n")) ? "`" : "\\";
  const lines = text.split(/\r?\n/);
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    let whole = (lines[index] ?? "").trim();
    if (whole === "" || whole.startsWith("#")) continue;
    while (whole.endsWith(escapeSign) && index + 1 < lines.length) {
      const next = (lines[++index] ?? "").trim();
      // Comments and empty lines inside a continuation are skipped.
      whole = next.startsWith("#") || next === "" ? whole : whole.slice(0, -1) + next;
    }
    const [, name = "", rest = ""] = /^(\S+)\s*([\s\S]*)$/.exec(whole) ?? [];
    index = skipHereDocuments(rest, lines, index);
    instructions.push({ name: name.toUpperCase(), text: rest.trim() });
  }
  return instructions;
}

/** The words of an instruction in exec form, `["node", "server.js"]`, or undefined where it is in shell form. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

/** The words of a text: spaces separate, quotes and backslashes keep together. */
export function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? "") : double.replace(/\\(.)/g, "$1"),
    ),
  );
}

function skipHereDocuments(text: string, lines: readonly string[], from: number): number {
  let index = from;
  for (const match of text.matchAll(/<<-?\s*["']?([A-Za-z_]\w*)["']?/g)) {
    while (index + 1 < lines.length && (lines[++index] ?? "").trim() !== match[1]);
  }
  return index;
}

/** One file of an append-only log. */
export interface LogFile {
  readonly name: string;
  readonly sequence: number;
  /** The base holds all up to a moment, increments what came after; history waits to be removed. */
  readonly type: "base" | "increment" | "history";
}

const letters = { base: "b", increment: "i", history: "h" } as const;

/** The text of a manifest, as Redis 7 writes it: `file NAME seq N type b|i|h`. */
export const formatManifest = (files: readonly LogFile[]): string =>
  files.map(({ name, sequence, type }) => `file ${quote(name)} seq ${sequence} type ${letters[type]}\n`).join("");

/** Reads a manifest; undefined for a line that is none. Unknown pairs of words are left to newer versions. */
export function parseManifest(text: string): readonly LogFile[] | undefined {
  const files: LogFile[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const file = parseLine(line);
    if (file === undefined) return undefined;
    files.push(file);
  }
  return files;
}

function parseLine(line: string): LogFile | undefined {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)].map(([word, quoted]) =>
    quoted === undefined ? word : quoted.replace(/\\(.)/g, "$1"),
  );
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) pairs.set(words[i] ?? "", words[i + 1] ?? "");
  const name = pairs.get("file");
  const sequence = Number(pairs.get("seq"));
  const type = (["base", "increment", "history"] as const).find((each) => letters[each] === pairs.get("type"));
  // A name with a path could lead out of the folder.
  if (name === undefined || name.includes("/") || !(sequence >= 1) || type === undefined) return undefined;
  return { name, sequence, type };
}

const quote = (name: string): string => (/[\s"\\]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name);

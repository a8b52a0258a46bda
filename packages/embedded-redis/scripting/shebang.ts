/** What a script's first line says of it ("Scripting with Lua", script flags). */
export interface Shebang {
  readonly engine: string;
  readonly options: readonly string[];
  /** The code without the text of that line, the line break kept: line numbers stay. */
  readonly code: string;
}

/** Reads `#!lua option option`; undefined when the code does not begin with `#!`. */
export function readShebang(source: string): Shebang | undefined {
  if (!source.startsWith("#!")) return undefined;
  const end = source.indexOf("\n");
  const line = end < 0 ? source : source.slice(0, end);
  const [engine = "", ...options] = line.trim().split(/\s+/);
  return { engine, options, code: end < 0 ? "" : source.slice(end) };
}

/** The flags that scripts and functions may have. */
export const scriptFlags = ["no-writes", "allow-oom", "allow-stale", "no-cluster", "allow-cross-slot-keys"] as const;
/** One of them. */
export type ScriptFlag = (typeof scriptFlags)[number];

/** Narrows a word to a flag. */
export const isScriptFlag = (word: string): word is ScriptFlag => scriptFlags.some((flag) => flag === word);

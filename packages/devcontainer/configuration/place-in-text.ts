/** A place in a text as a `Problem` has it. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly excerpt: string;
}

/** The line and column of an offset, counted from 1, with the text of that line. */
export function placeInText(text: string, offset: number, length: number): TextPlace {
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const excerpt = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  return { line, column: (before.at(-1)?.length ?? 0) + 1, length: Math.max(1, length), excerpt };
}

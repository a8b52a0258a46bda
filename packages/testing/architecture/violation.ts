/** One place where the tree breaks a law. `line` counts from 1. */
export interface Violation {
  /** Relative to the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** What is wrong there, and where it is not obvious, what to do instead. */
  readonly message: string;
}

/** Violations as text, one a line, in the order of files and lines: `packages/cli/main.ts:3  it imports react`. */
export function formatViolations(violations: readonly Violation[]): string {
  return [...violations]
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, message }) => `${file}:${line}  ${message}\n`)
    .join("");
}

/** The lines of a log that tell a person something: without empty ones and the frames of a stack. */
export function tellingLines(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== "" && !/^\s+at .*[:)]/.test(line) && !/^\s*at async /.test(line));
}

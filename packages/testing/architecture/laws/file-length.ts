import type { Law } from "../law.ts";

const longest = 250;
/** Files that may be longer, each with its reason in a comment. */
const allowed: ReadonlySet<string> = new Set([]);

/** Above 200 lines there is a second idea in the file; above 250 it is split. */
export const filesAreShort: Law = {
  sentence: `no file is longer than ${longest} lines`,
  check: ({ files, scripts }) =>
    [...files, ...scripts].flatMap(({ path, text }) => {
      const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
      if (lines <= longest || allowed.has(path)) return [];
      return [{ file: path, line: longest + 1, message: `it has ${lines} lines: find the second idea in it` }];
    }),
};

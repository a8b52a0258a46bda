import { map, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { twoKeys } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";

interface Match {
  readonly a: readonly [start: number, end: number];
  readonly b: readonly [start: number, end: number];
  readonly length: number;
}

/** The length of the longest common subsequence of each pair of beginnings, row by row. */
function lengthTable(a: string, b: string): Uint32Array {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const at = i * width + j;
      table[at] =
        a[i - 1] === b[j - 1] ? (table[at - width - 1] ?? 0) + 1 : Math.max(table[at - width] ?? 0, table[at - 1] ?? 0);
    }
  }
  return table;
}

/** The subsequence and its runs, the last one first. */
function traceBack(
  a: string,
  b: string,
  table: Uint32Array,
): { readonly text: string; readonly matches: readonly Match[] } {
  const width = b.length + 1;
  const letters: string[] = [];
  const matches: Match[] = [];
  let [i, j] = [a.length, b.length];
  let runEnd: readonly [number, number] | undefined;
  const closeRun = () => {
    if (runEnd === undefined) return;
    matches.push({ a: [i, runEnd[0]], b: [j, runEnd[1]], length: runEnd[0] - i + 1 });
    runEnd = undefined;
  };
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) {
      letters.push(a[i - 1] ?? "");
      runEnd ??= [i - 1, j - 1];
      i--;
      j--;
    } else {
      closeRun();
      const [up = 0, left = 0] = [table[(i - 1) * width + j], table[i * width + j - 1]];
      if (up > left) i--;
      else j--;
    }
  }
  closeRun();
  return { text: letters.reverse().join(""), matches };
}

const lcs: Command = {
  name: "lcs",
  arity: -3,
  flags: ["readonly"],
  group: "string",
  keys: twoKeys,
  summary: "Returns the longest common subsequence of two strings, its length, or where it is.",
  run(context, args) {
    const [first, second] = [context.database.get(args[1] ?? ""), context.database.get(args[2] ?? "")];
    if ((first ?? { kind: "string" }).kind !== "string" || (second ?? { kind: "string" }).kind !== "string") {
      throw new CommandError("ERR The specified keys must contain string values");
    }
    const options = new OptionReader(args, 3);
    let [isLength, isIndexes, isWithLength, minLength] = [false, false, false, 0];
    while (options.hasMore) {
      const word = options.word();
      if (word === "LEN") isLength = true;
      else if (word === "IDX") isIndexes = true;
      else if (word === "WITHMATCHLEN") isWithLength = true;
      else if (word === "MINMATCHLEN") minLength = Math.max(0, integer(options.value()));
      else throw syntaxError();
    }
    if (isLength && isIndexes) {
      throw new CommandError("ERR If you want both the length and indexes, please just use IDX.");
    }
    const a = findValue(context, args[1] ?? "", "string")?.bytes ?? "";
    const b = findValue(context, args[2] ?? "", "string")?.bytes ?? "";
    if (a.length * b.length > 2 ** 28)
      throw new CommandError("ERR Insufficient memory, transient memory for LCS exceeds 1 GB");
    const table = lengthTable(a, b);
    if (isLength) return table.at(-1) ?? 0;
    const { text, matches } = traceBack(a, b, table);
    if (!isIndexes) return text;
    const shown = matches.filter(({ length }) => length >= minLength);
    const rows = shown.map((each): Reply => (isWithLength ? [each.a, each.b, each.length] : [each.a, each.b]));
    return map(["matches", rows, "len", table.at(-1) ?? 0]);
  },
};

/** LCS. */
export const longestCommonSubsequence: readonly Command[] = [lcs];

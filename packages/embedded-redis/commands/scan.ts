import { matchesGlob } from "../server/glob.ts";
import { CommandError, syntaxError } from "./command-error.ts";
import { integer } from "./numbers.ts";
import { OptionReader } from "./options.ts";

/** What SCAN and its relatives were asked for. */
export interface ScanOptions {
  readonly cursor: number;
  readonly count: number;
  readonly pattern: string | undefined;
  readonly type: string | undefined;
  readonly hasNoValues: boolean;
}

/** Reads cursor and options from `args`, the cursor at index `at`. @throws CommandError */
export function readScanOptions(args: readonly string[], at: number): ScanOptions {
  const cursorText = args[at] ?? "";
  if (!/^\d{1,20}$/.test(cursorText)) throw new CommandError("ERR invalid cursor");
  const options = new OptionReader(args, at + 1);
  let [count, pattern, type, hasNoValues]: [number, string | undefined, string | undefined, boolean] = [
    10,
    undefined,
    undefined,
    false,
  ];
  while (options.hasMore) {
    if (options.take("COUNT")) count = integer(options.value());
    else if (options.take("MATCH")) pattern = options.value();
    else if (at === 1 && options.take("TYPE")) type = options.value().toLowerCase();
    else if (args[0]?.toLowerCase() === "hscan" && options.take("NOVALUES")) hasNoValues = true;
    else throw syntaxError();
  }
  if (count < 1) throw syntaxError();
  return { cursor: Number(cursorText), count, pattern, type, hasNoValues };
}

/** True when the name is among those asked for. */
export const isScanned = ({ pattern }: ScanOptions, name: string): boolean =>
  pattern === undefined || matchesGlob(pattern, name);

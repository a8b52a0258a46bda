import type { Command } from "./command.ts";
import { handshake } from "./connection/handshake.ts";
import { counters } from "./strings/counters.ts";
import { getAndSet } from "./strings/get-and-set.ts";
import { longestCommonSubsequence } from "./strings/longest-common-subsequence.ts";
import { setVariants } from "./strings/set-variants.ts";
import { stringRanges } from "./strings/string-ranges.ts";

const families: readonly (readonly Command[])[] = [
  handshake,
  getAndSet,
  setVariants,
  stringRanges,
  counters,
  longestCommonSubsequence,
];

/** All commands by name. */
export function commandTable(): ReadonlyMap<string, Command> {
  return new Map(families.flat().map((command) => [command.name, command]));
}

import { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { double, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { float } from "../numbers.ts";

/** What ZADD was asked for. */
export interface AddOptions {
  readonly isNx: boolean;
  readonly isXx: boolean;
  readonly isGt: boolean;
  readonly isLt: boolean;
  readonly isCountingChanges: boolean;
  readonly isIncrement: boolean;
}

const addWords = new Set(["NX", "XX", "GT", "LT", "CH", "INCR"]);

/** The options at the beginning and where the scores begin. @throws CommandError */
function readAddOptions(args: readonly string[]): { readonly options: AddOptions; readonly start: number } {
  const words = new Set<string>();
  let start = 2;
  for (; start < args.length; start++) {
    const word = (args[start] ?? "").toUpperCase();
    if (!addWords.has(word)) break;
    words.add(word);
  }
  const count = args.length - start;
  if (count === 0 || count % 2 !== 0) throw syntaxError();
  const [isNx, isXx, isGt, isLt] = [words.has("NX"), words.has("XX"), words.has("GT"), words.has("LT")];
  if (isNx && isXx) throw new CommandError("ERR XX and NX options at the same time are not compatible");
  if ((isGt && (isNx || isLt)) || (isLt && isNx)) {
    throw new CommandError("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  const isIncrement = words.has("INCR");
  if (isIncrement && count > 2) throw new CommandError("ERR INCR option supports a single increment-element pair");
  return { options: { isNx, isXx, isGt, isLt, isCountingChanges: words.has("CH"), isIncrement }, start };
}

/** The score that the member gets; undefined when the options forbid it. @throws CommandError for NaN */
function newScore(current: number | undefined, given: number, options: AddOptions): number | undefined {
  if (current === undefined) return options.isXx ? undefined : given;
  if (options.isNx) return undefined;
  const score = options.isIncrement ? current + given : given;
  if (Number.isNaN(score)) throw new CommandError("ERR resulting score is not a number (NaN)");
  if ((options.isGt && score <= current) || (options.isLt && score >= current)) return undefined;
  return score;
}

/** How ZADD ended. */
export interface AddResult {
  readonly added: number;
  readonly changed: number;
  /** The last member's new score; undefined when the options forbade it. */
  readonly score: number | undefined;
}

/** Adds scores and members in turn (GEOADD and ZINCRBY do the same). */
export function addMembers(
  context: CommandContext,
  key: string,
  pairs: readonly (readonly [score: number, member: string])[],
  options: AddOptions,
): AddResult {
  const existing = findValue(context, key, "sortedSet");
  if (existing === undefined && options.isXx) return { added: 0, changed: 0, score: undefined };
  const set = existing ?? new SortedSetValue();
  let [added, changed] = [0, 0];
  let last: number | undefined;
  for (const [given, member] of pairs) {
    const current = set.score(member);
    last = newScore(current, given, options);
    if (last === undefined) continue;
    if (set.set(member, last)) added++;
    else if (last !== current) changed++;
  }
  if (existing === undefined && set.size > 0) context.database.set(key, set);
  else if (added + changed > 0) context.database.changed(key);
  if (added + changed > 0) context.notify("z", options.isIncrement ? "zincr" : "zadd", key);
  return { added, changed, score: last };
}

const zadd: Command = {
  name: "zadd",
  arity: -4,
  flags: ["write", "denyoom", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Adds members with scores to a sorted set, or changes their scores.",
  run(context, args): Reply {
    const { options, start } = readAddOptions(args);
    const pairs: [number, string][] = [];
    for (let index = start; index < args.length; index += 2) {
      pairs.push([float(args[index]), args[index + 1] ?? ""]);
    }
    const { added, changed, score } = addMembers(context, args[1] ?? "", pairs, options);
    if (options.isIncrement) return score === undefined ? null : double(score);
    return options.isCountingChanges ? added + changed : added;
  },
};

const increment: AddOptions = {
  isNx: false,
  isXx: false,
  isGt: false,
  isLt: false,
  isCountingChanges: false,
  isIncrement: true,
};

const zincrby: Command = {
  name: "zincrby",
  arity: 4,
  flags: ["write", "denyoom", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Adds to the score of a member.",
  run(context, [, key = "", by, member = ""]) {
    const { score } = addMembers(context, key, [[float(by), member]], increment);
    return score === undefined ? null : double(score);
  },
};

/** ZADD, ZINCRBY. */
export const addMemberCommands: readonly Command[] = [zadd, zincrby];

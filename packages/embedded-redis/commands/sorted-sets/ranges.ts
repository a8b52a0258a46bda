import type { Scored } from "../../keyspace/sorted-members.ts";
import { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { double, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey, twoKeys } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { scoreRange, textRange } from "./score-range.ts";
import { byIndexes, byRange } from "./select-range.ts";

/** Members, with scores when asked: RESP3 gets pairs, RESP2 a flat list. */
export function scoredReply(context: CommandContext, members: readonly Scored[], hasScores: boolean): Reply {
  if (!hasScores) return members.map(([member]) => member);
  const pairs = members.map(([member, score]): Reply[] => [member, double(score)]);
  return context.protocol === 3 ? pairs : pairs.flat();
}

interface RangeRequest {
  readonly by: "index" | "score" | "text";
  readonly isReverse: boolean;
  readonly hasScores: boolean;
  readonly offset: number;
  readonly count: number;
}

/** Reads the options after min and max; `fixed` are those that the command's name already says. */
function readRequest(
  args: readonly string[],
  at: number,
  fixed: Partial<RangeRequest>,
  isStore: boolean,
): RangeRequest {
  const options = new OptionReader(args, at);
  let { by = "index", isReverse = false } = fixed;
  let [hasScores, offset, count, hasLimit] = [false, 0, -1, false];
  const isOpen = fixed.by === undefined;
  while (options.hasMore) {
    if (!isStore && options.take("WITHSCORES")) hasScores = true;
    else if (options.take("LIMIT"))
      [offset, count, hasLimit] = [integer(options.value()), integer(options.value()), true];
    else if (isOpen && options.take("BYSCORE")) by = "score";
    else if (isOpen && options.take("BYLEX")) by = "text";
    else if (isOpen && options.take("REV")) isReverse = true;
    else throw syntaxError();
  }
  if (hasLimit && by === "index") {
    throw new CommandError("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  }
  if (hasScores && by === "text") {
    throw new CommandError("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
  return { by, isReverse, hasScores, offset, count };
}

function select(context: CommandContext, key: string, first: string, second: string, request: RangeRequest): Scored[] {
  const { by, isReverse, offset, count } = request;
  if (by === "index") {
    const [from, to] = [integer(first), integer(second)];
    const set = findValue(context, key, "sortedSet");
    return set === undefined ? [] : byIndexes(set, from, to, isReverse);
  }
  const [min, max] = isReverse ? [second, first] : [first, second];
  const range = by === "score" ? scoreRange(min, max) : textRange(min, max);
  const set = findValue(context, key, "sortedSet");
  return set === undefined ? [] : byRange(set, range, isReverse, offset, count);
}

const ranger = (name: string, fixed: Partial<RangeRequest>, summary: string): Command => ({
  name,
  arity: -4,
  flags: ["readonly"],
  group: "sorted-set",
  keys: firstKey,
  summary,
  run(context, args) {
    const request = readRequest(args, 4, fixed, false);
    const members = select(context, args[1] ?? "", args[2] ?? "", args[3] ?? "", request);
    return scoredReply(context, members, request.hasScores);
  },
});

/** Stores members with scores in place of what was there; no members remove the key. */
export function storeMembers(context: CommandContext, key: string, members: Iterable<Scored>, event: string): number {
  const set = new SortedSetValue();
  for (const [member, score] of members) set.set(member, score);
  if (set.size === 0) {
    if (context.database.delete(key)) context.notify("g", "del", key);
    return 0;
  }
  context.database.set(key, set);
  context.notify("z", event, key);
  return set.size;
}

const zrangestore: Command = {
  name: "zrangestore",
  arity: -5,
  flags: ["write", "denyoom"],
  group: "sorted-set",
  keys: twoKeys,
  summary: "Stores a range of a sorted set in another one.",
  run(context, args) {
    const request = readRequest(args, 5, {}, true);
    const members = select(context, args[2] ?? "", args[3] ?? "", args[4] ?? "", request);
    return storeMembers(context, args[1] ?? "", members, "zrangestore");
  },
};

/** ZRANGE and its relatives, ZRANGESTORE. */
export const sortedSetRanges: readonly Command[] = [
  ranger("zrange", {}, "Returns members by rank, by score or by bytes."),
  ranger("zrevrange", { by: "index", isReverse: true }, "Returns members by rank from the highest score on."),
  ranger("zrangebyscore", { by: "score" }, "Returns members by score."),
  ranger("zrevrangebyscore", { by: "score", isReverse: true }, "Returns members by score from the highest on."),
  ranger("zrangebylex", { by: "text" }, "Returns members by bytes."),
  ranger("zrevrangebylex", { by: "text", isReverse: true }, "Returns members by bytes from the highest on."),
  zrangestore,
];

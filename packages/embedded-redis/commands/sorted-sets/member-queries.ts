import type { Scored } from "../../keyspace/sorted-members.ts";
import { formatDouble } from "../../resp/format-double.ts";
import { double, nullArray, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { isScanned, readScanOptions } from "../scan.ts";
import { scoredReply } from "./ranges.ts";
import { type MemberRange, scoreRange, textRange } from "./score-range.ts";
import { ranksOf } from "./select-range.ts";

const zcard: Command = {
  name: "zcard",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Counts the members of a sorted set.",
  run: (context, [, key = ""]) => findValue(context, key, "sortedSet")?.size ?? 0,
};

const zscore: Command = {
  name: "zscore",
  arity: 3,
  flags: ["readonly", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Returns the score of a member.",
  run(context, [, key = "", member = ""]) {
    const score = findValue(context, key, "sortedSet")?.score(member);
    return score === undefined ? null : double(score);
  },
};

const zmscore: Command = {
  name: "zmscore",
  arity: -3,
  flags: ["readonly", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Returns the scores of several members.",
  run(context, args) {
    const set = findValue(context, args[1] ?? "", "sortedSet");
    return args.slice(2).map((member): Reply => {
      const score = set?.score(member);
      return score === undefined ? null : double(score);
    });
  },
};

const ranker = (name: string, isReverse: boolean, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["readonly", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary,
  run(context, args) {
    const [, key = "", member = "", word] = args;
    if (args.length > 4 || (word !== undefined && word.toUpperCase() !== "WITHSCORE")) throw syntaxError();
    const set = findValue(context, key, "sortedSet");
    const rank = set?.rank(member);
    if (set === undefined || rank === undefined) return word === undefined ? null : nullArray;
    const shown = isReverse ? set.size - 1 - rank : rank;
    return word === undefined ? shown : [shown, double(set.score(member) ?? 0)];
  },
});

const counter = (name: string, range: (min: string, max: string) => MemberRange, summary: string): Command => ({
  name,
  arity: 4,
  flags: ["readonly", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary,
  run(context, [, key = "", min = "", max = ""]) {
    const wanted = range(min, max);
    const set = findValue(context, key, "sortedSet");
    if (set === undefined) return 0;
    const [start, end] = ranksOf(set, wanted);
    return end - start;
  },
});

const zrandmember: Command = {
  name: "zrandmember",
  arity: -2,
  flags: ["readonly"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Returns random members of a sorted set.",
  run(context, args) {
    const [, key = "", countText, word] = args;
    if (args.length > 4 || (word !== undefined && word.toUpperCase() !== "WITHSCORES")) throw syntaxError();
    const count = countText === undefined ? undefined : integer(countText);
    if (count !== undefined && Math.abs(count) > 2 ** 62) throw new CommandError("ERR value is out of range");
    const set = findValue(context, key, "sortedSet");
    if (set === undefined) return count === undefined ? null : [];
    const { random } = context.server;
    if (count === undefined) return set.random(random)?.[0] ?? null;
    const draw = (): Scored => set.random(random) ?? ["", 0];
    if (count < 0) return scoredReply(context, Array.from({ length: -count }, draw), word !== undefined);
    if (count >= set.size) return scoredReply(context, [...set], word !== undefined);
    const chosen = new Map<string, number>();
    while (chosen.size < count) chosen.set(...draw());
    return scoredReply(context, [...chosen], word !== undefined);
  },
};

const zscan: Command = {
  name: "zscan",
  arity: -3,
  flags: ["readonly"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Goes through the members of a sorted set in steps.",
  run(context, args) {
    const options = readScanOptions(args, 2);
    const set = findValue(context, args[1] ?? "", "sortedSet");
    if (set === undefined) return ["0", []];
    const { cursor, entries } = set.scan(options.cursor, options.count);
    const found = entries.filter(({ key }) => isScanned(options, key));
    return [String(cursor), found.flatMap(({ key, value }) => [key, formatDouble(value)])];
  },
};

/** ZCARD, ZSCORE, ZMSCORE, ZRANK, ZREVRANK, ZCOUNT, ZLEXCOUNT, ZRANDMEMBER, ZSCAN. */
export const memberQueries: readonly Command[] = [
  zcard,
  zscore,
  zmscore,
  ranker("zrank", false, "Returns the rank of a member."),
  ranker("zrevrank", true, "Returns the rank of a member, counted from the highest score."),
  counter("zcount", scoreRange, "Counts members by score."),
  counter("zlexcount", textRange, "Counts members by bytes."),
  zrandmember,
  zscan,
];

import type { Scored } from "../../keyspace/sorted-members.ts";
import type { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import { double, nullArray, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { syntaxError, wrongCount } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { countedKeys, firstKey } from "../key-positions.ts";
import { readMultiPop } from "../lists/blocking-pops.ts";
import { naturalNumber } from "../numbers.ts";
import { timeoutMs } from "../timeout.ts";
import { removeMembers } from "./removals.ts";
import { byIndexes } from "./select-range.ts";

type SetEnd = "min" | "max";

function pop(context: CommandContext, key: string, set: SortedSetValue, end: SetEnd, count: number): Scored[] {
  const popped = byIndexes(set, 0, count - 1, end === "max");
  const members = popped.map(([member]) => member);
  removeMembers(context, key, set, members, end === "min" ? "zpopmin" : "zpopmax");
  context.propagate("ZREM", key, ...members);
  return popped;
}

const popper = (name: string, end: SetEnd, summary: string): Command => ({
  name,
  arity: -2,
  flags: ["write", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary,
  run(context, args): Reply {
    if (args.length > 3) throw wrongCount(name);
    const [, key = "", countText] = args;
    const count = countText === undefined ? 1 : naturalNumber(countText);
    const set = findValue(context, key, "sortedSet");
    if (set === undefined || count === 0) return [];
    const popped = pop(context, key, set, end, count).map(([member, score]): Reply[] => [member, double(score)]);
    const isNested = context.protocol === 3 && countText !== undefined;
    return isNested ? popped : popped.flat();
  },
});

function popOrWait(
  context: CommandContext,
  keys: readonly string[],
  timeout: number | undefined,
  popFrom: (key: string, set: SortedSetValue) => Reply,
): Reply | Promise<Reply> {
  for (const key of keys) {
    const set = findValue(context, key, "sortedSet");
    if (set !== undefined) return popFrom(key, set);
  }
  if (timeout === undefined) return nullArray;
  return context.block(keys, timeout, nullArray, (key) => {
    const value = context.database.peek(key);
    return value?.kind === "sortedSet" ? popFrom(key, value) : undefined;
  });
}

const blockingPop = (name: string, end: SetEnd, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "noscript", "blocking", "fast"],
  group: "sorted-set",
  keys: [1, -2, 1],
  summary,
  run(context, args) {
    return popOrWait(context, args.slice(1, -1), timeoutMs(args.at(-1)), (key, set) => {
      const [[member, score] = ["", 0]] = pop(context, key, set, end, 1);
      return [key, member, double(score)];
    });
  },
});

const multiPop = (name: "zmpop" | "bzmpop", at: number, summary: string): Command => ({
  name,
  arity: name === "zmpop" ? -4 : -5,
  flags: name === "zmpop" ? ["write", "movablekeys"] : ["write", "blocking", "movablekeys"],
  group: "sorted-set",
  keys: countedKeys(at),
  summary,
  run(context, args) {
    const timeout = name === "bzmpop" ? timeoutMs(args[1]) : undefined;
    const { keys, where, count } = readMultiPop(args, at);
    if (where !== "MIN" && where !== "MAX") throw syntaxError();
    const end = where === "MIN" ? "min" : "max";
    return popOrWait(context, keys, timeout, (key, set) => {
      const popped = pop(context, key, set, end, count);
      return [key, popped.map(([member, score]): Reply[] => [member, double(score)])];
    });
  },
});

/** ZPOPMIN, ZPOPMAX, BZPOPMIN, BZPOPMAX, ZMPOP, BZMPOP. */
export const sortedSetPops: readonly Command[] = [
  popper("zpopmin", "min", "Removes and returns the members with the lowest scores."),
  popper("zpopmax", "max", "Removes and returns the members with the highest scores."),
  blockingPop("bzpopmin", "min", "Pops the member with the lowest score, waiting for one."),
  blockingPop("bzpopmax", "max", "Pops the member with the highest score, waiting for one."),
  multiPop("zmpop", 1, "Pops several members of the first sorted set that has any."),
  multiPop("bzmpop", 2, "Pops several members of the first sorted set that has any, waiting for them."),
];

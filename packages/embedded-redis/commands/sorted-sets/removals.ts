import type { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { findValue } from "../find-value.ts";
import { indexRange } from "../index-range.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { scoreRange, textRange } from "./score-range.ts";
import { ranksOf } from "./select-range.ts";

/** Removes members and tells so, with this event; returns how many there were. */
export function removeMembers(
  context: CommandContext,
  key: string,
  set: SortedSetValue,
  members: readonly string[],
  event: string,
): number {
  let removed = 0;
  for (const member of members) if (set.delete(member)) removed++;
  if (removed === 0) return 0;
  context.notify("z", event, key);
  if (set.size > 0) context.database.changed(key);
  else {
    context.database.delete(key);
    context.notify("g", "del", key);
  }
  return removed;
}

const zrem: Command = {
  name: "zrem",
  arity: -3,
  flags: ["write", "fast"],
  group: "sorted-set",
  keys: firstKey,
  summary: "Removes members of a sorted set.",
  run(context, args) {
    const key = args[1] ?? "";
    const set = findValue(context, key, "sortedSet");
    return set === undefined ? 0 : removeMembers(context, key, set, args.slice(2), "zrem");
  },
};

/** `ranks` gives, once it has checked the arguments, which ranks of a set go. */
const rangeRemover = (
  name: string,
  summary: string,
  ranks: (min: string, max: string) => (set: SortedSetValue) => readonly [start: number, end: number],
): Command => ({
  name,
  arity: 4,
  flags: ["write"],
  group: "sorted-set",
  keys: firstKey,
  summary,
  run(context, [, key = "", min = "", max = ""]) {
    const ranksIn = ranks(min, max);
    const set = findValue(context, key, "sortedSet");
    if (set === undefined) return 0;
    const members = set.slice(...ranksIn(set)).map(([member]) => member);
    return removeMembers(context, key, set, members, name);
  },
});

/** ZREM, ZREMRANGEBYRANK, ZREMRANGEBYSCORE, ZREMRANGEBYLEX. */
export const sortedSetRemovals: readonly Command[] = [
  zrem,
  rangeRemover("zremrangebyrank", "Removes members by rank.", (min, max) => {
    const [from, to] = [integer(min), integer(max)];
    return (set) => indexRange(from, to, set.size);
  }),
  rangeRemover("zremrangebyscore", "Removes members by score.", (min, max) => {
    const range = scoreRange(min, max);
    return (set) => ranksOf(set, range);
  }),
  rangeRemover("zremrangebylex", "Removes members by bytes.", (min, max) => {
    const range = textRange(min, max);
    return (set) => ranksOf(set, range);
  }),
];

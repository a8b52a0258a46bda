import { ListValue } from "../../keyspace/list-value.ts";
import { nullArray, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { wrongCount } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { naturalNumber } from "../numbers.ts";

/** The two ends of a list. */
export type ListEnd = "left" | "right";

/** Adds elements, each at this end, making the list when there is none. */
export function pushElements(context: CommandContext, key: string, end: ListEnd, elements: readonly string[]): number {
  const existing = findValue(context, key, "list");
  const list = existing ?? new ListValue();
  for (const element of elements) {
    if (end === "left") list.pushHead(element);
    else list.pushTail(element);
  }
  if (existing === undefined) context.database.set(key, list);
  else context.database.changed(key);
  context.notify("l", end === "left" ? "lpush" : "rpush", key);
  return list.length;
}

/** Takes up to `count` elements off this end, removing the list when it is empty then. */
export function popElements(
  context: CommandContext,
  key: string,
  list: ListValue,
  end: ListEnd,
  count: number,
): string[] {
  const popped: string[] = [];
  while (popped.length < count) {
    const element = end === "left" ? list.popHead() : list.popTail();
    if (element === undefined) break;
    popped.push(element);
  }
  context.notify("l", end === "left" ? "lpop" : "rpop", key);
  afterRemoval(context, key, list);
  return popped;
}

/** Tells that a list lost elements, and removes it when none is left. */
export function afterRemoval(context: CommandContext, key: string, list: ListValue): void {
  if (list.length > 0) {
    context.database.changed(key);
    return;
  }
  context.database.delete(key);
  context.notify("g", "del", key);
}

const pusher = (name: string, end: ListEnd, isExistingOnly: boolean, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "denyoom", "fast"],
  group: "list",
  keys: firstKey,
  summary,
  run(context, args) {
    const key = args[1] ?? "";
    if (isExistingOnly && findValue(context, key, "list") === undefined) return 0;
    return pushElements(context, key, end, args.slice(2));
  },
});

const popper = (name: string, end: ListEnd, summary: string): Command => ({
  name,
  arity: -2,
  flags: ["write", "fast"],
  group: "list",
  keys: firstKey,
  summary,
  run(context, args): Reply {
    if (args.length > 3) throw wrongCount(name);
    const [, key = "", countText] = args;
    const count = countText === undefined ? undefined : naturalNumber(countText);
    const list = findValue(context, key, "list");
    if (list === undefined) return count === undefined ? null : nullArray;
    if (count === 0) return [];
    const popped = popElements(context, key, list, end, count ?? 1);
    return count === undefined ? (popped[0] ?? null) : popped;
  },
});

/** LPUSH, RPUSH, LPUSHX, RPUSHX, LPOP, RPOP. */
export const pushAndPop: readonly Command[] = [
  pusher("lpush", "left", false, "Adds elements at the head of a list."),
  pusher("rpush", "right", false, "Adds elements at the tail of a list."),
  pusher("lpushx", "left", true, "Adds elements at the head of a list that exists."),
  pusher("rpushx", "right", true, "Adds elements at the tail of a list that exists."),
  popper("lpop", "left", "Removes and returns the first elements of a list."),
  popper("rpop", "right", "Removes and returns the last elements of a list."),
];

import { nullArray, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { countedKeys } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { timeoutMs } from "../timeout.ts";
import { type ListEnd, popElements } from "./push-and-pop.ts";

/** Pops up to `count` from a list that may be there; undefined when there is none. @throws CommandError WRONGTYPE */
function popFrom(context: CommandContext, key: string, end: ListEnd, count: number): string[] | undefined {
  const list = findValue(context, key, "list");
  if (list === undefined) return undefined;
  const popped = popElements(context, key, list, end, count);
  const command = end === "left" ? "LPOP" : "RPOP";
  if (popped.length === 1) context.propagate(command, key);
  else context.propagate(command, key, String(popped.length));
  return popped;
}

function popOrWait(
  context: CommandContext,
  keys: readonly string[],
  timeout: number | undefined,
  pop: (key: string) => Reply | undefined,
): Reply | Promise<Reply> {
  for (const key of keys) {
    const reply = pop(key);
    if (reply !== undefined) return reply;
  }
  if (timeout === undefined) return nullArray;
  return context.block(keys, timeout, nullArray, (key) =>
    context.database.peek(key)?.kind === "list" ? pop(key) : undefined,
  );
}

const blockingPop = (name: string, end: ListEnd, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "noscript", "blocking"],
  group: "list",
  keys: [1, -2, 1],
  summary,
  run(context, args) {
    return popOrWait(context, args.slice(1, -1), timeoutMs(args.at(-1)), (key) => {
      const popped = popFrom(context, key, end, 1);
      return popped && [key, popped[0] ?? ""];
    });
  },
});

/** LMPOP (its number of keys at index `at`) and BLMPOP. */
const multiPop = (name: "lmpop" | "blmpop", at: number, summary: string): Command => ({
  name,
  arity: name === "lmpop" ? -4 : -5,
  flags: name === "lmpop" ? ["write", "movablekeys"] : ["write", "blocking", "movablekeys"],
  group: "list",
  keys: countedKeys(at),
  summary,
  run(context, args) {
    const timeout = name === "blmpop" ? timeoutMs(args[1]) : undefined;
    const { keys, where, count } = readMultiPop(args, at);
    if (where !== "LEFT" && where !== "RIGHT") throw syntaxError();
    const end = where === "LEFT" ? "left" : "right";
    return popOrWait(context, keys, timeout, (key) => {
      const popped = popFrom(context, key, end, count);
      return popped && [key, popped];
    });
  },
});

/** `numkeys key... where [COUNT n]` of LMPOP and ZMPOP. @throws CommandError */
export function readMultiPop(
  args: readonly string[],
  at: number,
): { keys: readonly string[]; where: string; count: number } {
  const bad = (what: string) => () => new CommandError(`ERR ${what} should be greater than 0`);
  const keyCount = integer(args[at], bad("numkeys"));
  if (keyCount <= 0) throw bad("numkeys")();
  const rest = args.slice(at + 1 + keyCount);
  if (rest.length === 0 || rest.length === 2 || rest.length > 3) throw syntaxError();
  if (rest.length === 3 && rest[1]?.toUpperCase() !== "COUNT") throw syntaxError();
  const count = rest.length === 3 ? integer(rest[2], bad("count")) : 1;
  if (count <= 0) throw bad("count")();
  return { keys: args.slice(at + 1, at + 1 + keyCount), where: (rest[0] ?? "").toUpperCase(), count };
}

/** BLPOP, BRPOP, LMPOP, BLMPOP. */
export const blockingPops: readonly Command[] = [
  blockingPop("blpop", "left", "Pops the first element of the first list that has one, waiting for it."),
  blockingPop("brpop", "right", "Pops the last element of the first list that has one, waiting for it."),
  multiPop("lmpop", 1, "Pops several elements of the first list that has any."),
  multiPop("blmpop", 2, "Pops several elements of the first list that has any, waiting for them."),
];

import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { syntaxError, wrongType } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { twoKeys } from "../key-positions.ts";
import { timeoutMs } from "../timeout.ts";
import { type ListEnd, popElements, pushElements } from "./push-and-pop.ts";

function readEnd(text: string | undefined): ListEnd {
  const word = text?.toUpperCase();
  if (word === "LEFT") return "left";
  if (word === "RIGHT") return "right";
  throw syntaxError();
}

/** Moves one element; undefined when the source is empty. @throws CommandError WRONGTYPE */
function moveElement(
  context: CommandContext,
  from: string,
  to: string,
  fromEnd: ListEnd,
  toEnd: ListEnd,
): string | undefined {
  const source = findValue(context, from, "list");
  if (source === undefined) return undefined;
  findValue(context, to, "list");
  const [element = ""] = popElements(context, from, source, fromEnd, 1);
  pushElements(context, to, toEnd, [element]);
  const word = (end: ListEnd) => (end === "left" ? "LEFT" : "RIGHT");
  context.propagate("LMOVE", from, to, word(fromEnd), word(toEnd));
  return element;
}

function moveOrWait(
  context: CommandContext,
  [from, to]: readonly [string, string],
  [fromEnd, toEnd]: readonly [ListEnd, ListEnd],
  timeout: number,
): Reply | Promise<Reply> {
  const moved = moveElement(context, from, to, fromEnd, toEnd);
  if (moved !== undefined) return moved;
  return context.block([from], timeout, null, (key) => {
    const value = context.database.peek(key);
    const target = context.database.peek(to);
    if (value?.kind !== "list") return undefined;
    if (target !== undefined && target.kind !== "list") return { kind: "error", message: wrongType().message };
    return moveElement(context, from, to, fromEnd, toEnd);
  });
}

const lmove: Command = {
  name: "lmove",
  arity: 5,
  flags: ["write", "denyoom"],
  group: "list",
  keys: twoKeys,
  summary: "Moves an element from an end of a list to an end of another one.",
  run: (context, [, from = "", to = "", fromEnd, toEnd]) =>
    moveElement(context, from, to, readEnd(fromEnd), readEnd(toEnd)) ?? null,
};

const rpoplpush: Command = {
  name: "rpoplpush",
  arity: 3,
  flags: ["write", "denyoom"],
  group: "list",
  keys: twoKeys,
  summary: "Moves the last element of a list to the head of another one.",
  run: (context, [, from = "", to = ""]) => moveElement(context, from, to, "right", "left") ?? null,
};

const blmove: Command = {
  name: "blmove",
  arity: 6,
  flags: ["write", "denyoom", "noscript", "blocking"],
  group: "list",
  keys: twoKeys,
  summary: "Moves an element between lists, waiting for one.",
  run(context, [, from = "", to = "", fromEnd, toEnd, timeout]) {
    const ends = [readEnd(fromEnd), readEnd(toEnd)] as const;
    return moveOrWait(context, [from, to], ends, timeoutMs(timeout));
  },
};

const brpoplpush: Command = {
  name: "brpoplpush",
  arity: 4,
  flags: ["write", "denyoom", "noscript", "blocking"],
  group: "list",
  keys: twoKeys,
  summary: "Moves the last element of a list to the head of another one, waiting for one.",
  run: (context, [, from = "", to = "", timeout]) =>
    moveOrWait(context, [from, to], ["right", "left"], timeoutMs(timeout)),
};

/** LMOVE, RPOPLPUSH, BLMOVE, BRPOPLPUSH. */
export const listMoves: readonly Command[] = [lmove, rpoplpush, blmove, brpoplpush];

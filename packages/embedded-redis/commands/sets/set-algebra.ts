import { SetValue } from "../../keyspace/set-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { allKeys, countedKeys } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { setReply } from "./set-members.ts";

type Operation = "union" | "inter" | "diff";

/** The members of several sets together; up to `limit` of them. @throws CommandError WRONGTYPE */
function combine(
  context: CommandContext,
  operation: Operation,
  keys: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): string[] {
  const sets = keys.map((key) => findValue(context, key, "set"));
  if (operation === "union") return [...new Set(sets.flatMap((set) => set?.members() ?? []))];
  const [first, ...others] = sets;
  if (operation === "inter" && sets.includes(undefined)) return [];
  const bySize = operation === "inter" ? [...sets].sort((a, b) => (a?.size ?? 0) - (b?.size ?? 0)) : [first, ...others];
  const [base, ...rest] = bySize;
  const found: string[] = [];
  for (const member of base?.members() ?? []) {
    if (found.length >= limit) break;
    const isKept =
      operation === "inter" ? rest.every((set) => set?.has(member)) : !rest.some((set) => set?.has(member));
    if (isKept) found.push(member);
  }
  return found;
}

const combiner = (name: string, operation: Operation, summary: string): Command => ({
  name,
  arity: -2,
  flags: ["readonly"],
  group: "set",
  keys: allKeys,
  summary,
  run: (context, args) => setReply(combine(context, operation, args.slice(1))),
});

const storer = (name: string, operation: Operation, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "denyoom"],
  group: "set",
  keys: allKeys,
  summary,
  run(context, args) {
    const [, target = "", ...keys] = args;
    const { database } = context;
    const members = combine(context, operation, keys);
    if (members.length === 0) {
      if (database.delete(target)) context.notify("g", "del", target);
      return 0;
    }
    database.set(target, SetValue.of(members));
    context.notify("s", name, target);
    return members.length;
  },
});

const sintercard: Command = {
  name: "sintercard",
  arity: -3,
  flags: ["readonly", "movablekeys"],
  group: "set",
  keys: countedKeys(1),
  summary: "Counts the members that all sets have.",
  run(context, args) {
    const bad = new CommandError("ERR numkeys should be greater than 0");
    const count = integer(args[1], () => bad);
    if (count <= 0) throw bad;
    if (count > args.length - 2) throw new CommandError("ERR Number of keys can't be greater than number of args");
    const rest = args.slice(2 + count);
    if (rest.length !== 0 && (rest.length !== 2 || rest[0]?.toUpperCase() !== "LIMIT")) throw syntaxError();
    const badLimit = new CommandError("ERR LIMIT can't be negative");
    const limit = rest.length === 2 ? integer(rest[1], () => badLimit) : 0;
    if (limit < 0) throw badLimit;
    return combine(context, "inter", args.slice(2, 2 + count), limit || undefined).length;
  },
};

/** SUNION, SINTER, SDIFF, their storing forms, SINTERCARD. */
export const setAlgebra: readonly Command[] = [
  combiner("sunion", "union", "Returns the members that any of the sets has."),
  combiner("sinter", "inter", "Returns the members that all sets have."),
  combiner("sdiff", "diff", "Returns the members of the first set that no other one has."),
  storer("sunionstore", "union", "Stores the members that any of the sets has."),
  storer("sinterstore", "inter", "Stores the members that all sets have."),
  storer("sdiffstore", "diff", "Stores the members of the first set that no other one has."),
  sintercard,
];

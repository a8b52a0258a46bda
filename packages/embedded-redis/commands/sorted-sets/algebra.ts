import type { Scored } from "../../keyspace/sorted-members.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError, wrongType } from "../command-error.ts";
import { countedKeys } from "../key-positions.ts";
import { float, integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { scoredReply, storeMembers } from "./ranges.ts";

type Operation = "union" | "inter" | "diff";

interface Request {
  readonly keys: readonly string[];
  readonly weights: readonly number[];
  readonly aggregate: "SUM" | "MIN" | "MAX";
  readonly hasScores: boolean;
}

function readRequest(
  context: CommandContext,
  args: readonly string[],
  at: number,
  name: string,
  operation: Operation,
): Request {
  const keyCount = integer(args[at]);
  if (keyCount < 1) throw new CommandError(`ERR at least 1 input key is needed for '${name}' command`);
  if (keyCount > args.length - at - 1) throw syntaxError();
  const keys = args.slice(at + 1, at + 1 + keyCount);
  for (const key of keys) readSet(context, key);
  const options = new OptionReader(args, at + 1 + keyCount);
  let weights = keys.map(() => 1);
  let [aggregate, hasScores]: [Request["aggregate"], boolean] = ["SUM", false];
  while (options.hasMore) {
    if (operation !== "diff" && options.remaining > keyCount && options.take("WEIGHTS")) {
      weights = options
        .values(keyCount)
        .map((text) => float(text, () => new CommandError("ERR weight value is not a float")));
    } else if (operation !== "diff" && options.remaining >= 2 && options.take("AGGREGATE")) {
      const word = options.word();
      if (word !== "SUM" && word !== "MIN" && word !== "MAX") throw syntaxError();
      aggregate = word;
    } else if (at === 1 && options.take("WITHSCORES")) hasScores = true;
    else throw syntaxError();
  }
  return { keys, weights, aggregate, hasScores };
}

/** Members with scores of a sorted set, or of a set, where each has the score 1. */
function readSet(context: CommandContext, key: string): Map<string, number> | undefined {
  const value = context.database.get(key);
  if (value === undefined) return undefined;
  if (value.kind === "set") return new Map([...value].map((member) => [member, 1]));
  if (value.kind === "sortedSet") return new Map(value);
  throw wrongType();
}

// inf - inf and 0 * inf are 0 here (t_zset.c).
const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);

function aggregateOf(kind: Request["aggregate"], a: number, b: number): number {
  if (kind === "SUM") return orZero(a + b);
  return kind === "MIN" ? Math.min(a, b) : Math.max(a, b);
}

function combine(context: CommandContext, operation: Operation, request: Request): Scored[] {
  const sets = request.keys.map((key) => readSet(context, key));
  if (operation === "inter" && sets.includes(undefined)) return [];
  if (operation === "diff") {
    const [first, ...others] = sets;
    return sorted([...(first ?? [])].filter(([member]) => !others.some((set) => set?.has(member))));
  }
  const scores = new Map<string, number>();
  sets.forEach((set, index) => {
    const weight = request.weights[index] ?? 1;
    for (const [member, score] of set ?? []) {
      const weighted = orZero(weight * score);
      const before = scores.get(member);
      scores.set(member, before === undefined ? weighted : aggregateOf(request.aggregate, before, weighted));
    }
  });
  const members = [...scores];
  return sorted(operation === "union" ? members : members.filter(([member]) => sets.every((set) => set?.has(member))));
}

const sorted = (members: Scored[]): Scored[] =>
  members.sort(([a, x], [b, y]) => (x !== y ? (x < y ? -1 : 1) : a < b ? -1 : 1));

const combiner = (name: string, operation: Operation, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["readonly", "movablekeys"],
  group: "sorted-set",
  keys: countedKeys(1),
  summary,
  run(context, args) {
    const request = readRequest(context, args, 1, name, operation);
    return scoredReply(context, combine(context, operation, request), request.hasScores);
  },
});

const storer = (name: string, operation: Operation, summary: string): Command => ({
  name,
  arity: -4,
  flags: ["write", "denyoom", "movablekeys"],
  group: "sorted-set",
  keys: countedKeys(2, 1),
  summary,
  run(context, args) {
    const members = combine(context, operation, readRequest(context, args, 2, name, operation));
    return storeMembers(context, args[1] ?? "", members, name);
  },
});

const zintercard: Command = {
  name: "zintercard",
  arity: -3,
  flags: ["readonly", "movablekeys"],
  group: "sorted-set",
  keys: countedKeys(1),
  summary: "Counts the members that all sorted sets have.",
  run(context, args) {
    const count = integer(args[1]);
    if (count < 1) throw new CommandError("ERR at least 1 input key is needed for 'zintercard' command");
    if (count > args.length - 2) throw syntaxError();
    const keys = args.slice(2, 2 + count);
    for (const key of keys) readSet(context, key);
    const options = new OptionReader(args, 2 + count);
    const badLimit = new CommandError("ERR LIMIT can't be negative");
    let limit = 0;
    while (options.hasMore) {
      if (!options.take("LIMIT")) throw syntaxError();
      limit = integer(options.value(), () => badLimit);
      if (limit < 0) throw badLimit;
    }
    const request: Request = { keys, weights: keys.map(() => 1), aggregate: "SUM", hasScores: false };
    const { length } = combine(context, "inter", request);
    return limit === 0 ? length : Math.min(limit, length);
  },
};

/** ZUNION, ZINTER, ZDIFF, their storing forms, ZINTERCARD. */
export const sortedSetAlgebra: readonly Command[] = [
  combiner("zunion", "union", "Returns the members that any of the sorted sets has."),
  combiner("zinter", "inter", "Returns the members that all sorted sets have."),
  combiner("zdiff", "diff", "Returns the members of the first sorted set that no other one has."),
  storer("zunionstore", "union", "Stores the members that any of the sorted sets has."),
  storer("zinterstore", "inter", "Stores the members that all sorted sets have."),
  storer("zdiffstore", "diff", "Stores the members of the first sorted set that no other one has."),
  zintercard,
];

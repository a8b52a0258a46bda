import { SetValue } from "../../keyspace/set-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey, twoKeys } from "../key-positions.ts";
import { integer, naturalNumber } from "../numbers.ts";
import { isScanned, readScanOptions } from "../scan.ts";

/** The members as a reply that RESP3 sends as a set. */
export const setReply = (members: readonly string[]): Reply => ({ kind: "set", members });

/** Tells that a set lost members, and removes it when none is left. */
function afterRemoval(context: CommandContext, key: string, set: SetValue): void {
  if (set.size > 0) {
    context.database.changed(key);
    return;
  }
  context.database.delete(key);
  context.notify("g", "del", key);
}

function addMembers(context: CommandContext, key: string, members: readonly string[]): number {
  const existing = findValue(context, key, "set");
  const set = existing ?? new SetValue();
  let added = 0;
  for (const member of members) if (set.add(member)) added++;
  if (existing === undefined) context.database.set(key, set);
  else if (added > 0) context.database.changed(key);
  if (added > 0) context.notify("s", "sadd", key);
  return added;
}

function removeMembers(context: CommandContext, key: string, members: readonly string[]): number {
  const set = findValue(context, key, "set");
  if (set === undefined) return 0;
  let removed = 0;
  for (const member of members) if (set.delete(member)) removed++;
  if (removed === 0) return 0;
  context.notify("s", "srem", key);
  afterRemoval(context, key, set);
  return removed;
}

const sadd: Command = {
  name: "sadd",
  arity: -3,
  flags: ["write", "denyoom", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Adds members to a set.",
  run: (context, args) => addMembers(context, args[1] ?? "", args.slice(2)),
};

const srem: Command = {
  name: "srem",
  arity: -3,
  flags: ["write", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Removes members from a set.",
  run: (context, args) => removeMembers(context, args[1] ?? "", args.slice(2)),
};

const smove: Command = {
  name: "smove",
  arity: 4,
  flags: ["write", "fast"],
  group: "set",
  keys: twoKeys,
  summary: "Moves a member from a set to another one.",
  run(context, [, from = "", to = "", member = ""]) {
    const source = findValue(context, from, "set");
    if (source === undefined) return 0;
    const target = findValue(context, to, "set");
    if (!source.has(member)) return 0;
    if (source === target) return 1;
    removeMembers(context, from, [member]);
    addMembers(context, to, [member]);
    return 1;
  },
};

const scard: Command = {
  name: "scard",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Counts the members of a set.",
  run: (context, [, key = ""]) => findValue(context, key, "set")?.size ?? 0,
};

const sismember: Command = {
  name: "sismember",
  arity: 3,
  flags: ["readonly", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Tells whether a set has a member.",
  run: (context, [, key = "", member = ""]) => (findValue(context, key, "set")?.has(member) ? 1 : 0),
};

const smismember: Command = {
  name: "smismember",
  arity: -3,
  flags: ["readonly", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Tells which of these members a set has.",
  run(context, args) {
    const set = findValue(context, args[1] ?? "", "set");
    return args.slice(2).map((member) => (set?.has(member) ? 1 : 0));
  },
};

const smembers: Command = {
  name: "smembers",
  arity: 2,
  flags: ["readonly"],
  group: "set",
  keys: firstKey,
  summary: "Returns all members of a set.",
  run: (context, [, key = ""]) => setReply(findValue(context, key, "set")?.members() ?? []),
};

const spop: Command = {
  name: "spop",
  arity: -2,
  flags: ["write", "fast"],
  group: "set",
  keys: firstKey,
  summary: "Removes and returns random members of a set.",
  run(context, args) {
    const [, key = "", countText] = args;
    if (args.length > 3) throw syntaxError();
    const count = countText === undefined ? undefined : naturalNumber(countText);
    const set = findValue(context, key, "set");
    if (set === undefined) return count === undefined ? null : setReply([]);
    const popped: string[] = [];
    while (popped.length < (count ?? 1)) {
      const member = set.random(context.server.random);
      if (member === undefined) break;
      set.delete(member);
      popped.push(member);
    }
    if (popped.length === 0) return setReply([]);
    context.propagate("SREM", key, ...popped);
    context.notify("s", "spop", key);
    afterRemoval(context, key, set);
    return count === undefined ? (popped[0] ?? null) : setReply(popped);
  },
};

const srandmember: Command = {
  name: "srandmember",
  arity: -2,
  flags: ["readonly"],
  group: "set",
  keys: firstKey,
  summary: "Returns random members of a set.",
  run(context, args) {
    const [, key = "", countText] = args;
    if (args.length > 3) throw syntaxError();
    const count = countText === undefined ? undefined : integer(countText);
    if (count !== undefined && count < -(2 ** 62)) {
      throw new CommandError(
        "ERR value is out of range, value must between -4611686018427387904 and 4611686018427387904",
      );
    }
    const set = findValue(context, key, "set");
    if (set === undefined) return count === undefined ? null : [];
    const { random } = context.server;
    if (count === undefined) return set.random(random) ?? null;
    if (count < 0) return Array.from({ length: -count }, () => set.random(random) ?? "");
    if (count >= set.size) return set.members();
    if (count * 3 > set.size) return shuffled(set.members(), random).slice(0, count);
    const chosen = new Set<string>();
    while (chosen.size < count) chosen.add(set.random(random) ?? "");
    return [...chosen];
  },
};

/** The same elements in a random order. */
function shuffled(elements: string[], random: () => number): string[] {
  for (let index = elements.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [elements[index], elements[other]] = [elements[other] ?? "", elements[index] ?? ""];
  }
  return elements;
}

const sscan: Command = {
  name: "sscan",
  arity: -3,
  flags: ["readonly"],
  group: "set",
  keys: firstKey,
  summary: "Goes through the members of a set in steps.",
  run(context, args) {
    const options = readScanOptions(args, 2);
    const set = findValue(context, args[1] ?? "", "set");
    if (set === undefined) return ["0", []];
    const { cursor, entries } = set.scan(options.cursor, options.count);
    return [String(cursor), entries.map(({ key }) => key).filter((member) => isScanned(options, member))];
  },
};

/** SADD, SREM, SMOVE, SCARD, SISMEMBER, SMISMEMBER, SMEMBERS, SPOP, SRANDMEMBER, SSCAN. */
export const setMembers: readonly Command[] = [
  sadd,
  srem,
  smove,
  scard,
  sismember,
  smismember,
  smembers,
  spop,
  srandmember,
  sscan,
];

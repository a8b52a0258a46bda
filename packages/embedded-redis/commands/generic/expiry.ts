import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { type ExpiryWord, toUnixMs } from "../expiry-time.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";

type Condition = "NX" | "XX" | "GT" | "LT";

/** NX, XX, GT, LT after the arguments of EXPIRE. @throws CommandError for others and for those that exclude each other */
function readConditions(words: readonly string[]): ReadonlySet<Condition> {
  const conditions = new Set<Condition>();
  for (const each of words) {
    const word = each.toUpperCase();
    if (word !== "NX" && word !== "XX" && word !== "GT" && word !== "LT") {
      throw new CommandError(`ERR Unsupported option ${each}`);
    }
    conditions.add(word);
  }
  if (conditions.has("NX") && conditions.size > 1) {
    throw new CommandError("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (conditions.has("GT") && conditions.has("LT")) {
    throw new CommandError("ERR GT and LT options at the same time are not compatible");
  }
  return conditions;
}

/** `current` is 0 for no expiry, which counts as later than any. */
function holds(conditions: ReadonlySet<Condition>, current: number, wanted: number): boolean {
  if (conditions.has("NX") && current !== 0) return false;
  if (conditions.has("XX") && current === 0) return false;
  if (conditions.has("GT") && (current === 0 || wanted <= current)) return false;
  return !(conditions.has("LT") && current !== 0 && wanted >= current);
}

const expirer = (name: string, word: ExpiryWord, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "fast"],
  group: "generic",
  keys: firstKey,
  summary,
  run(context, args) {
    const key = args[1] ?? "";
    const { database } = context;
    const conditions = readConditions(args.slice(3));
    const invalid = new CommandError(`ERR invalid expire time in '${name}' command`);
    const expiresAt = toUnixMs(word, integer(args[2]), context.now(), invalid);
    if (!database.has(key) || !holds(conditions, database.expiresAt(key), expiresAt)) return 0;
    if (expiresAt <= context.now()) {
      database.delete(key);
      context.notify("g", "del", key);
      context.propagate("DEL", key);
      return 1;
    }
    database.setExpiry(key, expiresAt);
    database.changed(key);
    context.notify("g", "expire", key);
    context.propagate("PEXPIREAT", key, String(expiresAt));
    return 1;
  },
});

const reader = (name: string, summary: string, value: (expiresAt: number, now: number) => number): Command => ({
  name,
  arity: 2,
  flags: ["readonly", "fast"],
  group: "generic",
  keys: firstKey,
  summary,
  run(context, [, key = ""]) {
    if (!context.database.has(key)) return -2;
    const expiresAt = context.database.expiresAt(key);
    return expiresAt === 0 ? -1 : value(expiresAt, context.now());
  },
});

const persist: Command = {
  name: "persist",
  arity: 2,
  flags: ["write", "fast"],
  group: "generic",
  keys: firstKey,
  summary: "Removes the expiry of a key.",
  run(context, [, key = ""]) {
    const { database } = context;
    if (database.expiresAt(key) === 0) return 0;
    database.setExpiry(key, 0);
    database.changed(key);
    context.notify("g", "persist", key);
    return 1;
  },
};

/** EXPIRE and its relatives, TTL and its relatives, PERSIST. */
export const expiry: readonly Command[] = [
  expirer("expire", "EX", "Sets the expiry of a key in seconds from now."),
  expirer("pexpire", "PX", "Sets the expiry of a key in milliseconds from now."),
  expirer("expireat", "EXAT", "Sets the expiry of a key as Unix time in seconds."),
  expirer("pexpireat", "PXAT", "Sets the expiry of a key as Unix time in milliseconds."),
  reader("ttl", "Returns the seconds that a key has left.", (at, now) => Math.floor((at - now + 500) / 1000)),
  reader("pttl", "Returns the milliseconds that a key has left.", (at, now) => at - now),
  reader("expiretime", "Returns when a key expires, as Unix time in seconds.", (at) => Math.floor((at + 500) / 1000)),
  reader("pexpiretime", "Returns when a key expires, as Unix time in milliseconds.", (at) => at),
  persist,
];

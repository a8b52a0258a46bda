import type { HashValue } from "../../keyspace/hash-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { type ExpiryWord, toUnixMs } from "../expiry-time.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { afterFieldRemoval } from "./hash-fields.ts";

/** `FIELDS numfields field...`, which must end the command. @throws CommandError */
export function readFields(options: OptionReader): readonly string[] {
  if (!options.take("FIELDS")) {
    throw new CommandError("ERR Mandatory argument FIELDS is missing or not at the right position");
  }
  const bad = () => new CommandError("ERR Parameter `numFields` should be greater than 0");
  const count = integer(options.value(), bad);
  if (count <= 0) throw bad();
  if (count !== options.remaining)
    throw new CommandError("ERR The `numfields` parameter must match the number of arguments");
  return options.rest();
}

/** The codes that HEXPIRE answers for each field (its documentation, "Return information"). */
const code = { noField: -2, conditionNotMet: 0, done: 1, deleted: 2 } as const;

function holds(condition: string, current: number, wanted: number): boolean {
  switch (condition) {
    case "NX":
      return current === 0;
    case "XX":
      return current !== 0;
    case "GT":
      return current !== 0 && wanted > current;
    case "LT":
      return current === 0 || wanted < current;
    default:
      return true;
  }
}

const expirer = (name: string, word: ExpiryWord, summary: string): Command => ({
  name,
  arity: -6,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary,
  run(context, args): Reply {
    const key = args[1] ?? "";
    const options = new OptionReader(args, 2);
    const invalid = new CommandError(`ERR invalid expire time in '${name}' command`);
    const amount = integer(options.value());
    if (amount < 0) throw new CommandError("ERR invalid expire time, must be >= 0");
    const expiresAt = toUnixMs(word, amount, context.now(), invalid);
    if (expiresAt > 2 ** 48) throw invalid;
    const condition = ["NX", "XX", "GT", "LT"].find((each) => options.take(each)) ?? "";
    const fields = readFields(options);
    const hash = findValue(context, key, "hash");
    if (hash === undefined) return fields.map(() => code.noField);
    const codes = fields.map((field) => expireField(hash, field, condition, expiresAt, context.now()));
    tellExpiries(context, key, hash, fields, codes, expiresAt);
    return codes;
  },
});

function expireField(hash: HashValue, field: string, condition: string, expiresAt: number, now: number): number {
  if (!hash.has(field)) return code.noField;
  if (!holds(condition, hash.expiresAt(field), expiresAt)) return code.conditionNotMet;
  if (expiresAt <= now) {
    hash.delete(field);
    return code.deleted;
  }
  hash.setExpiry(field, expiresAt);
  return code.done;
}

function tellExpiries(
  context: CommandContext,
  key: string,
  hash: HashValue,
  fields: readonly string[],
  codes: readonly number[],
  expiresAt: number,
): void {
  const those = (wanted: number) => fields.filter((_, index) => codes[index] === wanted);
  const [done, deleted] = [those(code.done), those(code.deleted)];
  if (done.length > 0) {
    context.database.scheduleFieldExpiry(key, expiresAt);
    context.propagate("HPEXPIREAT", key, String(expiresAt), "FIELDS", String(done.length), ...done);
    context.database.changed(key);
    context.notify("h", "hexpire", key);
  }
  if (deleted.length > 0) {
    context.propagate("HDEL", key, ...deleted);
    context.notify("h", "hdel", key);
    afterFieldRemoval(context, key, hash);
  }
}

/** Answers for each field -2 (no field), -1 (no expiry), or its time. */
const reader = (name: string, summary: string, value: (expiresAt: number, now: number) => number): Command => ({
  name,
  arity: -5,
  flags: ["readonly", "fast"],
  group: "hash",
  keys: firstKey,
  summary,
  run(context, args) {
    const fields = readFields(new OptionReader(args, 2));
    const hash = findValue(context, args[1] ?? "", "hash");
    return fields.map((field) => {
      if (!hash?.has(field)) return -2;
      const expiresAt = hash.expiresAt(field);
      return expiresAt === 0 ? -1 : value(expiresAt, context.now());
    });
  },
});

const hpersist: Command = {
  name: "hpersist",
  arity: -5,
  flags: ["write", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Removes the expiry of fields.",
  run(context, args) {
    const key = args[1] ?? "";
    const fields = readFields(new OptionReader(args, 2));
    const hash = findValue(context, key, "hash");
    const codes = fields.map((field) => {
      if (!hash?.has(field)) return -2;
      if (hash.expiresAt(field) === 0) return -1;
      hash.setExpiry(field, 0);
      return 1;
    });
    if (codes.includes(1)) {
      context.database.changed(key);
      context.notify("h", "hpersist", key);
    }
    return codes;
  },
};

/** HEXPIRE, HTTL and their relatives, HPERSIST. */
export const fieldExpiry: readonly Command[] = [
  expirer("hexpire", "EX", "Sets the expiry of fields in seconds from now."),
  expirer("hpexpire", "PX", "Sets the expiry of fields in milliseconds from now."),
  expirer("hexpireat", "EXAT", "Sets the expiry of fields as Unix time in seconds."),
  expirer("hpexpireat", "PXAT", "Sets the expiry of fields as Unix time in milliseconds."),
  reader("httl", "Returns the seconds that fields have left.", (at, now) => Math.floor((at - now + 999) / 1000)),
  reader("hpttl", "Returns the milliseconds that fields have left.", (at, now) => at - now),
  reader("hexpiretime", "Returns when fields expire, as Unix time in seconds.", (at) => Math.floor((at + 999) / 1000)),
  reader("hpexpiretime", "Returns when fields expire, as Unix time in milliseconds.", (at) => at),
  hpersist,
];

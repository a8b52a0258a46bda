import { HashValue } from "../../keyspace/hash-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { expiryTime, isExpiryWord } from "../expiry-time.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { readFields } from "./field-expiry.ts";
import { afterFieldRemoval } from "./hash-fields.ts";

const hgetdel: Command = {
  name: "hgetdel",
  arity: -5,
  flags: ["write", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Returns fields of a hash and removes them.",
  run(context, args) {
    const key = args[1] ?? "";
    const fields = readFields(new OptionReader(args, 2));
    const hash = findValue(context, key, "hash");
    if (hash === undefined) return fields.map(() => null);
    const values = fields.map((field) => hash.get(field) ?? null);
    removeFields(context, key, hash, fields);
    return values;
  },
};

function removeFields(context: CommandContext, key: string, hash: HashValue, fields: readonly string[]): void {
  const removed = fields.filter((field) => hash.delete(field));
  if (removed.length === 0) return;
  context.propagate("HDEL", key, ...removed);
  context.notify("h", "hdel", key);
  afterFieldRemoval(context, key, hash);
}

/** Sets the expiry of fields that exist; 0 removes it. Fields whose time is past are removed. */
function applyExpiry(
  context: CommandContext,
  key: string,
  hash: HashValue,
  fields: readonly string[],
  expiresAt: number,
): void {
  const existing = fields.filter((field) => hash.has(field));
  if (existing.length === 0) return;
  if (expiresAt !== 0 && expiresAt <= context.now()) {
    removeFields(context, key, hash, existing);
    return;
  }
  for (const field of existing) hash.setExpiry(field, expiresAt);
  if (expiresAt !== 0) context.database.scheduleFieldExpiry(key, expiresAt);
  context.database.changed(key);
  const words = ["FIELDS", String(existing.length), ...existing];
  if (expiresAt === 0) context.propagate("HPERSIST", key, ...words);
  else context.propagate("HPEXPIREAT", key, String(expiresAt), ...words);
  context.notify("h", expiresAt === 0 ? "hpersist" : "hexpire", key);
}

const hgetex: Command = {
  name: "hgetex",
  arity: -5,
  flags: ["write", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Returns fields of a hash and sets or removes their expiry.",
  run(context, args) {
    const key = args[1] ?? "";
    const options = new OptionReader(args, 2);
    let expiresAt: number | undefined;
    if (options.take("PERSIST")) expiresAt = 0;
    else if (args[2]?.toUpperCase() !== "FIELDS") {
      const word = options.word();
      if (!isExpiryWord(word)) throw syntaxError();
      expiresAt = expiryTime(word, options.value(), context.now(), "hgetex");
    }
    const fields = readFields(options);
    const hash = findValue(context, key, "hash");
    if (hash === undefined) return fields.map(() => null);
    const values = fields.map((field) => hash.get(field) ?? null);
    if (expiresAt !== undefined) applyExpiry(context, key, hash, fields, expiresAt);
    return values;
  },
};

const hsetex: Command = {
  name: "hsetex",
  arity: -6,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Stores fields of a hash with an expiry, on conditions when asked.",
  run(context, args) {
    const key = args[1] ?? "";
    const options = new OptionReader(args, 2);
    let [condition, expiresAt, isKeeping]: [string | undefined, number, boolean] = [undefined, 0, false];
    while (args[options.position]?.toUpperCase() !== "FIELDS") {
      const word = options.word();
      if (word === "FNX" || word === "FXX") condition = word;
      else if (word === "KEEPTTL") isKeeping = true;
      else if (isExpiryWord(word)) expiresAt = expiryTime(word, options.value(), context.now(), "hsetex");
      else throw syntaxError();
    }
    options.take("FIELDS");
    const count = integer(options.value());
    if (count * 2 !== options.remaining) throw new CommandError("ERR wrong number of arguments for 'hsetex' command");
    const pairs = options.rest();
    const fields = pairs.filter((_, index) => index % 2 === 0);
    const existing = findValue(context, key, "hash");
    if (condition === "FNX" && fields.some((field) => existing?.has(field))) return 0;
    if (condition === "FXX" && !fields.every((field) => existing?.has(field))) return 0;
    const hash = existing ?? new HashValue();
    fields.forEach((field, index) => {
      if (isKeeping) hash.setKeepingExpiry(field, pairs[index * 2 + 1] ?? "");
      else hash.set(field, pairs[index * 2 + 1] ?? "");
    });
    if (existing === undefined) context.database.set(key, hash);
    else context.database.changed(key);
    context.notify("h", "hset", key);
    if (isKeeping) return 1;
    context.propagate("HSET", key, ...pairs);
    if (expiresAt !== 0) applyExpiry(context, key, hash, fields, expiresAt);
    return 1;
  },
};

/** HGETDEL, HGETEX, HSETEX: of Redis 8, for clients that already use them. */
export const getWithExpiry: readonly Command[] = [hgetdel, hgetex, hsetex];

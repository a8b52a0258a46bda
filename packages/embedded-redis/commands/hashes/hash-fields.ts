import { HashValue } from "../../keyspace/hash-value.ts";
import { map, ok, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { wrongCount } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { isScanned, readScanOptions } from "../scan.ts";

/** Tells that a hash lost fields, and removes it when none is left. */
export function afterFieldRemoval(context: CommandContext, key: string, hash: HashValue): void {
  if (hash.size > 0) {
    context.database.changed(key);
    return;
  }
  context.database.delete(key);
  context.notify("g", "del", key);
}

/** Stores fields and values in turn; returns how many fields are new. */
function setFields(context: CommandContext, key: string, pairs: readonly string[]): number {
  const existing = findValue(context, key, "hash");
  const hash = existing ?? new HashValue();
  let added = 0;
  for (let index = 0; index < pairs.length; index += 2) {
    if (hash.set(pairs[index] ?? "", pairs[index + 1] ?? "")) added++;
  }
  if (existing === undefined) context.database.set(key, hash);
  else context.database.changed(key);
  context.notify("h", "hset", key);
  return added;
}

const setter = (name: "hset" | "hmset"): Command => ({
  name,
  arity: -4,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Stores fields of a hash.",
  run(context, args) {
    if (args.length % 2 !== 0) throw wrongCount(name);
    const added = setFields(context, args[1] ?? "", args.slice(2));
    return name === "hset" ? added : ok;
  },
});

const hsetnx: Command = {
  name: "hsetnx",
  arity: 4,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Stores a field of a hash unless it exists.",
  run(context, [, key = "", field = "", value = ""]) {
    return findValue(context, key, "hash")?.has(field) ? 0 : setFields(context, key, [field, value]);
  },
};

/** A command that reads a hash that may be missing. */
const reader = (
  name: string,
  arity: number,
  summary: string,
  answer: (hash: HashValue | undefined, args: readonly string[]) => Reply,
  isFast = true,
): Command => ({
  name,
  arity,
  flags: isFast ? ["readonly", "fast"] : ["readonly"],
  group: "hash",
  keys: firstKey,
  summary,
  run: (context, args) => answer(findValue(context, args[1] ?? "", "hash"), args),
});

const entriesOf = (hash: HashValue | undefined) => [...(hash?.entries() ?? [])];

const hdel: Command = {
  name: "hdel",
  arity: -3,
  flags: ["write", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Removes fields of a hash.",
  run(context, args) {
    const key = args[1] ?? "";
    const hash = findValue(context, key, "hash");
    const removed = hash === undefined ? 0 : args.slice(2).filter((field) => hash.delete(field)).length;
    if (hash === undefined || removed === 0) return 0;
    context.notify("h", "hdel", key);
    afterFieldRemoval(context, key, hash);
    return removed;
  },
};

const hscan: Command = {
  name: "hscan",
  arity: -3,
  flags: ["readonly"],
  group: "hash",
  keys: firstKey,
  summary: "Goes through the fields of a hash in steps.",
  run(context, args) {
    const options = readScanOptions(args, 2);
    const hash = findValue(context, args[1] ?? "", "hash");
    if (hash === undefined) return ["0", []];
    const { cursor, entries } = hash.scan(options.cursor, options.count);
    const found = entries.filter(({ key }) => isScanned(options, key));
    return [String(cursor), found.flatMap(({ key, value }) => (options.hasNoValues ? [key] : [key, value]))];
  },
};

/** HSET, HMSET, HSETNX, HGET, HMGET, HGETALL, HKEYS, HVALS, HLEN, HSTRLEN, HEXISTS, HDEL, HSCAN. */
export const hashFields: readonly Command[] = [
  setter("hset"),
  setter("hmset"),
  hsetnx,
  reader("hget", 3, "Returns a field of a hash.", (hash, [, , field = ""]) => hash?.get(field) ?? null),
  reader("hmget", -3, "Returns several fields of a hash.", (hash, args) =>
    args.slice(2).map((field) => hash?.get(field) ?? null),
  ),
  reader(
    "hgetall",
    2,
    "Returns all fields and values of a hash.",
    (hash) => map(entriesOf(hash).flatMap(({ key, value }) => [key, value])),
    false,
  ),
  reader("hkeys", 2, "Returns all fields of a hash.", (hash) => entriesOf(hash).map(({ key }) => key), false),
  reader("hvals", 2, "Returns all values of a hash.", (hash) => entriesOf(hash).map(({ value }) => value), false),
  reader("hlen", 2, "Counts the fields of a hash.", (hash) => hash?.size ?? 0),
  reader(
    "hstrlen",
    3,
    "Returns the length of a field's value.",
    (hash, [, , field = ""]) => hash?.get(field)?.length ?? 0,
  ),
  reader("hexists", 3, "Tells whether a hash has a field.", (hash, [, , field = ""]) => (hash?.has(field) ? 1 : 0)),
  hdel,
  hscan,
];

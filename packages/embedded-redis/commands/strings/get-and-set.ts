import { StringValue } from "../../keyspace/string-value.ts";
import { ok, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { syntaxError } from "../command-error.ts";
import { expiryTime, isExpiryWord } from "../expiry-time.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { OptionReader } from "../options.ts";

interface SetOptions {
  readonly condition?: "NX" | "XX";
  readonly isGet: boolean;
  readonly isKeepingExpiry: boolean;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
}

const plain: SetOptions = { isGet: false, isKeepingExpiry: false, expiresAt: 0 };

function readSetOptions(args: readonly string[], now: number): SetOptions {
  if (args.length === 3) return plain;
  const options = new OptionReader(args, 3);
  let found: SetOptions = plain;
  let hasExpiry = false;
  while (options.hasMore) {
    const word = options.word();
    if ((word === "NX" || word === "XX") && (found.condition ?? word) === word) found = { ...found, condition: word };
    else if (word === "GET") found = { ...found, isGet: true };
    else if (word === "KEEPTTL" && !hasExpiry) found = { ...found, isKeepingExpiry: true };
    else if (isExpiryWord(word) && !hasExpiry && !found.isKeepingExpiry && options.hasMore) {
      hasExpiry = true;
      found = { ...found, expiresAt: expiryTime(word, options.value(), now, "set") };
    } else throw syntaxError();
  }
  return found;
}

/** Stores a string with an expiry (0 for none) and propagates it in a form that means the same later. */
export function storeWithExpiry(context: CommandContext, key: string, bytes: string, expiresAt: number): void {
  const { database } = context;
  database.set(key, new StringValue(bytes));
  context.notify("$", "set", key);
  if (expiresAt === 0) return;
  if (expiresAt <= context.now()) {
    database.delete(key);
    context.propagate("DEL", key);
    return;
  }
  database.setExpiry(key, expiresAt);
  context.notify("g", "expire", key);
  context.propagate("SET", key, bytes, "PXAT", String(expiresAt));
}

const set: Command = {
  name: "set",
  arity: -3,
  flags: ["write", "denyoom"],
  group: "string",
  keys: firstKey,
  summary: "Stores a string under a key, on conditions and with an expiry when asked.",
  run(context, args) {
    const key = args[1] ?? "";
    const bytes = args[2] ?? "";
    const { database } = context;
    const { condition, isGet, isKeepingExpiry, expiresAt } = readSetOptions(args, context.now());
    const previous: Reply = isGet ? (findValue(context, key, "string")?.bytes ?? null) : null;
    if (condition !== undefined && database.has(key) !== (condition === "XX")) return isGet ? previous : null;
    if (isKeepingExpiry) {
      database.setKeepingExpiry(key, new StringValue(bytes));
      context.notify("$", "set", key);
      context.propagate("SET", key, bytes, "KEEPTTL");
    } else {
      storeWithExpiry(context, key, bytes, expiresAt);
      if (expiresAt === 0 && args.length > 3) context.propagate("SET", key, bytes);
    }
    return isGet ? previous : ok;
  },
};

const get: Command = {
  name: "get",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Returns the string under a key.",
  run: (context, args) => findValue(context, args[1] ?? "", "string")?.bytes ?? null,
};

/** SET and GET. */
export const getAndSet: readonly Command[] = [get, set];

import { HashValue } from "../../keyspace/hash-value.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, notAnInteger } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { addDecimals, float, int64, readBigInteger, readFloat } from "../numbers.ts";

/** Stores a field that keeps its expiry. */
function storeField(context: CommandContext, key: string, field: string, value: string): void {
  const existing = findValue(context, key, "hash");
  const hash = existing ?? new HashValue();
  hash.setKeepingExpiry(field, value);
  if (existing === undefined) context.database.set(key, hash);
  else context.database.changed(key);
}

const hincrby: Command = {
  name: "hincrby",
  arity: 4,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Adds to the integer in a field.",
  run(context, [, key = "", field = "", text = ""]) {
    const by = readBigInteger(text);
    if (by === undefined) throw notAnInteger();
    const before = readBigInteger(findValue(context, key, "hash")?.get(field) ?? "0");
    if (before === undefined) throw new CommandError("ERR hash value is not an integer");
    const after = before + by;
    if (after < int64.min || after > int64.max) throw new CommandError("ERR increment or decrement would overflow");
    storeField(context, key, field, String(after));
    context.notify("h", "hincrby", key);
    return after;
  },
};

const hincrbyfloat: Command = {
  name: "hincrbyfloat",
  arity: 4,
  flags: ["write", "denyoom", "fast"],
  group: "hash",
  keys: firstKey,
  summary: "Adds a decimal to the number in a field.",
  run(context, [, key = "", field = "", text = ""]) {
    const by = float(text);
    if (!Number.isFinite(by)) throw new CommandError("ERR value is NaN or Infinity");
    const before = findValue(context, key, "hash")?.get(field) ?? "0";
    if (readFloat(before) === undefined) throw new CommandError("ERR hash value is not a float");
    const after = addDecimals(before, text);
    if (after === undefined) throw new CommandError("ERR increment would produce NaN or Infinity");
    storeField(context, key, field, after);
    context.notify("h", "hincrbyfloat", key);
    context.propagate("HSET", key, field, after);
    return after;
  },
};

/** HINCRBY, HINCRBYFLOAT. */
export const hashNumbers: readonly Command[] = [hincrby, hincrbyfloat];

import { StringValue } from "../../keyspace/string-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, notAFloat, notAnInteger } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { addDecimals, float, int64, readBigInteger, readFloat } from "../numbers.ts";

function increase(context: CommandContext, key: string, by: bigint): Reply {
  const value = findValue(context, key, "string");
  const before = readBigInteger(value?.bytes ?? "0");
  if (before === undefined) throw notAnInteger();
  const after = before + by;
  if (after < int64.min || after > int64.max) throw new CommandError("ERR increment or decrement would overflow");
  if (value === undefined) context.database.set(key, new StringValue(String(after)));
  else {
    value.bytes = String(after);
    context.database.changed(key);
  }
  context.notify("$", "incrby", key);
  return after;
}

function counter(name: string, summary: string, step: (amount: bigint) => bigint, hasAmount: boolean): Command {
  return {
    name,
    arity: hasAmount ? 3 : 2,
    flags: ["write", "denyoom", "fast"],
    group: "string",
    keys: firstKey,
    summary,
    run(context, [, key = "", text = "1"]) {
      const amount = readBigInteger(text);
      if (amount === undefined) throw notAnInteger();
      if (name === "decrby" && amount === int64.min) throw new CommandError("ERR decrement would overflow");
      return increase(context, key, step(amount));
    },
  };
}

const incrbyfloat: Command = {
  name: "incrbyfloat",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Adds a decimal to the number under a key.",
  run(context, [, key = "", amount = ""]) {
    const value = findValue(context, key, "string");
    const before = value?.bytes ?? "0";
    if (readFloat(before) === undefined) throw notAFloat();
    float(amount);
    const after = addDecimals(before, amount);
    if (after === undefined) throw new CommandError("ERR increment would produce NaN or Infinity");
    if (value === undefined) context.database.set(key, new StringValue(after));
    else {
      value.bytes = after;
      context.database.changed(key);
    }
    context.notify("$", "incrbyfloat", key);
    context.propagate("SET", key, after, "KEEPTTL");
    return after;
  },
};

/** INCR, DECR, INCRBY, DECRBY, INCRBYFLOAT. */
export const counters: readonly Command[] = [
  counter("incr", "Adds 1 to the integer under a key.", (amount) => amount, false),
  counter("decr", "Subtracts 1 from the integer under a key.", (amount) => -amount, false),
  counter("incrby", "Adds to the integer under a key.", (amount) => amount, true),
  counter("decrby", "Subtracts from the integer under a key.", (amount) => -amount, true),
  incrbyfloat,
];

import { StringValue } from "../../keyspace/string-value.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
};

const bitop: Command = {
  name: "bitop",
  arity: -4,
  flags: ["write", "denyoom"],
  group: "bitmap",
  keys: [2, -1, 1],
  summary: "Stores AND, OR, XOR or NOT of strings.",
  run(context, args) {
    const [, word = "", target = "", ...keys] = args;
    const name = word.toUpperCase();
    const operation = operations[name];
    if (operation === undefined && name !== "NOT") throw syntaxError();
    if (name === "NOT" && keys.length !== 1)
      throw new CommandError("ERR BITOP NOT must be called with a single source key.");
    const sources = keys.map((key) => Buffer.from(findValue(context, key, "string")?.bytes ?? "", "latin1"));
    const length = Math.max(...sources.map((source) => source.length));
    const { database } = context;
    if (length === 0) {
      if (database.delete(target)) context.notify("g", "del", target);
      return 0;
    }
    const result = Buffer.alloc(length);
    for (let at = 0; at < length; at++) {
      const [first = 0, ...others] = sources.map((source) => source[at] ?? 0);
      result[at] = operation === undefined ? ~first : others.reduce(operation, first);
    }
    const value = new StringValue(result.toString("latin1"));
    value.isRaw = true;
    database.set(target, value);
    context.notify("$", "set", target);
    return length;
  },
};

/** BITOP. */
export const bitOperations: readonly Command[] = [bitop];

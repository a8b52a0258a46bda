import { typeName } from "../../keyspace/value.ts";
import { simple } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { allKeys, firstKey } from "../key-positions.ts";

const remover = (name: string, summary: string): Command => ({
  name,
  arity: -2,
  flags: name === "unlink" ? ["write", "fast"] : ["write"],
  group: "generic",
  keys: allKeys,
  summary,
  run(context, args) {
    let removed = 0;
    for (let index = 1; index < args.length; index++) {
      const key = args[index] ?? "";
      if (!context.database.delete(key)) continue;
      context.notify("g", "del", key);
      removed++;
    }
    return removed;
  },
});

const counter = (name: string, summary: string): Command => ({
  name,
  arity: -2,
  flags: ["readonly", "fast"],
  group: "generic",
  keys: allKeys,
  summary,
  run: (context, args) => args.slice(1).filter((key) => context.database.get(key) !== undefined).length,
});

const type: Command = {
  name: "type",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "generic",
  keys: firstKey,
  summary: "Tells the type of the value under a key.",
  run(context, [, key = ""]) {
    const value = context.database.peek(key);
    return simple(value === undefined ? "none" : typeName(value));
  },
};

/** DEL, UNLINK, EXISTS, TOUCH, TYPE. */
export const deleteAndExist: readonly Command[] = [
  remover("del", "Removes keys."),
  remover("unlink", "Removes keys."),
  counter("exists", "Counts which of the keys exist."),
  counter("touch", "Counts which of the keys exist, and counts as an access to them."),
  type,
];

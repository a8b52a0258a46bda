import { copyValue } from "../../keyspace/copy-value.ts";
import { ok } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, noSuchKey, syntaxError } from "../command-error.ts";
import { firstKey, twoKeys } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";

/** Moves value and expiry; false when the target exists and must not. @throws CommandError when there is no source */
function rename(context: CommandContext, from: string, to: string, isReplacing: boolean): boolean {
  const { database } = context;
  const value = database.peek(from);
  if (value === undefined) throw noSuchKey();
  if (from === to) return isReplacing;
  if (!isReplacing && database.has(to)) return false;
  const expiresAt = database.expiresAt(from);
  database.delete(from);
  database.delete(to);
  database.set(to, value);
  database.setExpiry(to, expiresAt);
  if (value.kind === "hash" && value.hasExpiries) database.scheduleFieldExpiry(to, value.earliestExpiry());
  context.notify("g", "rename_from", from);
  context.notify("g", "rename_to", to);
  return true;
}

const renameKey: Command = {
  name: "rename",
  arity: 3,
  flags: ["write"],
  group: "generic",
  keys: twoKeys,
  summary: "Renames a key, replacing the other one.",
  run(context, [, from = "", to = ""]) {
    rename(context, from, to, true);
    return ok;
  },
};

const renamenx: Command = {
  name: "renamenx",
  arity: 3,
  flags: ["write", "fast"],
  group: "generic",
  keys: twoKeys,
  summary: "Renames a key unless the other one exists.",
  run: (context, [, from = "", to = ""]) => (rename(context, from, to, false) ? 1 : 0),
};

const copy: Command = {
  name: "copy",
  arity: -3,
  flags: ["write", "denyoom"],
  group: "generic",
  keys: twoKeys,
  summary: "Copies a value to another key.",
  run(context, args) {
    const [, from = "", to = ""] = args;
    const options = new OptionReader(args, 3);
    let target = context.database;
    let isReplacing = false;
    while (options.hasMore) {
      if (options.take("REPLACE")) isReplacing = true;
      else if (options.take("DB")) target = databaseAt(context, options.value());
      else throw syntaxError();
    }
    if (target === context.database && from === to)
      throw new CommandError("ERR source and destination objects are the same");
    const value = context.database.peek(from);
    if (value === undefined || (!isReplacing && target.has(to))) return 0;
    target.delete(to);
    target.set(to, copyValue(value));
    target.setExpiry(to, context.database.expiresAt(from));
    if (value.kind === "hash" && value.hasExpiries) target.scheduleFieldExpiry(to, value.earliestExpiry());
    context.server.events.publish("g", "copy_to", to, target.index);
    return 1;
  },
};

function databaseAt(context: CommandContext, text: string) {
  const database = context.server.databases[integer(text)];
  if (database === undefined) throw new CommandError("ERR DB index is out of range");
  return database;
}

const move: Command = {
  name: "move",
  arity: 3,
  flags: ["write", "fast"],
  group: "generic",
  keys: firstKey,
  summary: "Moves a key to another database.",
  run(context, [, key = "", text = ""]) {
    const { database } = context;
    const target = databaseAt(context, text);
    if (target === database) throw new CommandError("ERR source and destination objects are the same");
    const value = database.peek(key);
    if (value === undefined || target.has(key)) return 0;
    const expiresAt = database.expiresAt(key);
    database.delete(key);
    target.set(key, value);
    target.setExpiry(key, expiresAt);
    if (value.kind === "hash" && value.hasExpiries) target.scheduleFieldExpiry(key, value.earliestExpiry());
    context.notify("g", "move_from", key);
    context.server.events.publish("g", "move_to", key, target.index);
    return 1;
  },
};

/** RENAME, RENAMENX, COPY, MOVE. */
export const renameAndCopy: readonly Command[] = [renameKey, renamenx, copy, move];

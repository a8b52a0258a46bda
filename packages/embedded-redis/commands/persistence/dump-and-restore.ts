import type { RedisValue } from "../../keyspace/value.ts";
import { dumpValue, restoreValue } from "../../persistence/dump-payload.ts";
import { ok } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, notAnInteger, syntaxError } from "../command-error.ts";
import { firstKey } from "../key-positions.ts";

const dump: Command = {
  name: "dump",
  arity: 2,
  flags: ["readonly"],
  group: "generic",
  keys: firstKey,
  summary: "Returns a value in the form of an RDB file.",
  run({ database }, args) {
    const value = database.get(args[1] ?? "");
    return value === undefined ? null : dumpValue(value);
  },
};

interface RestoreOptions {
  isReplacing: boolean;
  isAbsolute: boolean;
  idleSeconds: number | undefined;
  frequency: number | undefined;
}

function readOptions(words: readonly string[]): RestoreOptions {
  const options: RestoreOptions = {
    isReplacing: false,
    isAbsolute: false,
    idleSeconds: undefined,
    frequency: undefined,
  };
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? "").toLowerCase();
    const hasValue = at + 1 < words.length && options.idleSeconds === undefined && options.frequency === undefined;
    if (word === "replace") options.isReplacing = true;
    else if (word === "absttl") options.isAbsolute = true;
    else if (word === "idletime" && hasValue) {
      options.idleSeconds = readInteger(words[++at]);
      if (options.idleSeconds < 0) throw new CommandError("ERR Invalid IDLETIME value, must be >= 0");
    } else if (word === "freq" && hasValue) {
      options.frequency = readInteger(words[++at]);
      if (options.frequency < 0 || options.frequency > 255) {
        throw new CommandError("ERR Invalid FREQ value, must be >= 0 and <= 255");
      }
    } else throw syntaxError();
  }
  return options;
}

function readInteger(text = ""): number {
  if (!/^-?\d{1,18}$/.test(text)) throw notAnInteger();
  return Number(text);
}

const restore: Command = {
  name: "restore",
  arity: -4,
  flags: ["write", "denyoom"],
  categories: ["dangerous"],
  group: "generic",
  keys: firstKey,
  summary: "Stores the value of a DUMP.",
  run(context, [, key = "", ttlText, payload = "", ...words]) {
    const { database } = context;
    const options = readOptions(words);
    if (!options.isReplacing && database.has(key)) throw new CommandError("BUSYKEY Target key name already exists.");
    const ttl = readInteger(ttlText);
    if (ttl < 0) throw new CommandError("ERR Invalid TTL value, must be >= 0");
    const value = restoreValue(payload);
    if (value === undefined) throw new CommandError("ERR DUMP payload version or checksum are wrong");
    const expiresAt = ttl === 0 || options.isAbsolute ? ttl : context.now() + ttl;
    const isGone = expiresAt !== 0 && expiresAt <= context.now();
    if (isGone) forget(context, key);
    else store(context, key, value, expiresAt, options);
    return ok;
  },
};

/** The value would be gone at once: only what was there before goes. */
function forget(context: CommandContext, key: string): void {
  if (!context.database.delete(key)) return;
  context.propagate("DEL", key);
  context.notify("g", "del", key);
}

function store(
  context: CommandContext,
  key: string,
  value: RedisValue,
  expiresAt: number,
  options: RestoreOptions,
): void {
  const { database } = context;
  database.set(key, value);
  if (expiresAt !== 0) database.setExpiry(key, expiresAt);
  if (value.kind === "hash" && value.hasExpiries) database.scheduleFieldExpiry(key, value.earliestExpiry());
  if (options.idleSeconds !== undefined) value.accessedAt = context.now() - options.idleSeconds * 1000;
  if (options.frequency !== undefined) value.frequency = options.frequency;
  context.propagate("RESTORE", key, String(expiresAt), dumpValue(value), "REPLACE", "ABSTTL");
  context.notify("g", "restore", key);
}

/** DUMP and RESTORE. */
export const dumpAndRestore: readonly Command[] = [dump, restore];

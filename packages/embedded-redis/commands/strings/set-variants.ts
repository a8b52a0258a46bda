import { StringValue } from "../../keyspace/string-value.ts";
import { ok } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { syntaxError, wrongCount } from "../command-error.ts";
import { type ExpiryWord, expiryTime, isExpiryWord } from "../expiry-time.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { storeWithExpiry } from "./get-and-set.ts";

const setnx: Command = {
  name: "setnx",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Stores a string only when the key does not exist.",
  run(context, [, key = "", bytes = ""]) {
    if (context.database.has(key)) return 0;
    storeWithExpiry(context, key, bytes, 0);
    return 1;
  },
};

const withExpiry = (name: string, word: ExpiryWord, summary: string): Command => ({
  name,
  arity: 4,
  flags: ["write", "denyoom"],
  group: "string",
  keys: firstKey,
  summary,
  run(context, [, key = "", amount, bytes = ""]) {
    storeWithExpiry(context, key, bytes, expiryTime(word, amount, context.now(), name));
    return ok;
  },
});

const getset: Command = {
  name: "getset",
  arity: 3,
  flags: ["write", "denyoom", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Stores a string and returns the one before.",
  run(context, [, key = "", bytes = ""]) {
    const previous = findValue(context, key, "string")?.bytes ?? null;
    storeWithExpiry(context, key, bytes, 0);
    context.propagate("SET", key, bytes);
    return previous;
  },
};

const getdel: Command = {
  name: "getdel",
  arity: 2,
  flags: ["write", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Returns a string and removes its key.",
  run(context, [, key = ""]) {
    const value = findValue(context, key, "string");
    if (value === undefined) return null;
    context.database.delete(key);
    context.notify("g", "del", key);
    context.propagate("DEL", key);
    return value.bytes;
  },
};

const getex: Command = {
  name: "getex",
  arity: -2,
  flags: ["write", "fast"],
  group: "string",
  keys: firstKey,
  summary: "Returns a string and sets or removes its expiry.",
  run(context, args) {
    const [, key = "", rawWord, amount] = args;
    const word = rawWord?.toUpperCase();
    if (args.length > (word === "PERSIST" ? 3 : 4) || (word !== undefined && word !== "PERSIST" && args.length < 4)) {
      throw syntaxError();
    }
    if (word !== undefined && word !== "PERSIST" && !isExpiryWord(word)) throw syntaxError();
    const value = findValue(context, key, "string");
    if (value === undefined) return null;
    const { database } = context;
    if (word === "PERSIST") {
      if (database.expiresAt(key) === 0) return value.bytes;
      database.setExpiry(key, 0);
      database.changed(key);
      context.notify("g", "persist", key);
      context.propagate("PERSIST", key);
    } else if (word !== undefined) {
      const expiresAt = expiryTime(word, amount, context.now(), "getex");
      if (expiresAt <= context.now()) {
        database.delete(key);
        context.notify("g", "del", key);
        context.propagate("DEL", key);
      } else {
        database.setExpiry(key, expiresAt);
        database.changed(key);
        context.notify("g", "expire", key);
        context.propagate("PEXPIREAT", key, String(expiresAt));
      }
    }
    return value.bytes;
  },
};

const mget: Command = {
  name: "mget",
  arity: -2,
  flags: ["readonly", "fast"],
  group: "string",
  keys: [1, -1, 1],
  summary: "Returns the strings under several keys.",
  run: (context, args) =>
    args.slice(1).map((key) => {
      const value = context.database.get(key);
      return value?.kind === "string" ? value.bytes : null;
    }),
};

const multiSet = (name: "mset" | "msetnx", summary: string): Command => ({
  name,
  arity: -3,
  flags: ["write", "denyoom"],
  group: "string",
  keys: [1, -1, 2],
  summary,
  run(context, args) {
    const { database } = context;
    if (args.length % 2 === 0) throw wrongCount(name);
    if (name === "msetnx") {
      for (let index = 1; index < args.length; index += 2) if (database.has(args[index] ?? "")) return 0;
    }
    for (let index = 1; index < args.length; index += 2) {
      database.set(args[index] ?? "", new StringValue(args[index + 1] ?? ""));
      context.notify("$", "set", args[index] ?? "");
    }
    return name === "mset" ? ok : 1;
  },
});

/** SETNX, SETEX, PSETEX, GETSET, GETDEL, GETEX, MGET, MSET, MSETNX. */
export const setVariants: readonly Command[] = [
  setnx,
  withExpiry("setex", "EX", "Stores a string with an expiry in seconds."),
  withExpiry("psetex", "PX", "Stores a string with an expiry in milliseconds."),
  getset,
  getdel,
  getex,
  mget,
  multiSet("mset", "Stores strings under several keys."),
  multiSet("msetnx", "Stores strings under several keys when none of them exists."),
];

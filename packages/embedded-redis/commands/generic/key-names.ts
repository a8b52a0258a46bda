import { typeName } from "../../keyspace/value.ts";
import { matchesGlob } from "../../server/glob.ts";
import type { Command } from "../command.ts";
import { isScanned, readScanOptions } from "../scan.ts";

const keys: Command = {
  name: "keys",
  arity: 2,
  flags: ["readonly"],
  categories: ["dangerous"],
  group: "generic",
  summary: "Returns all keys that match a pattern.",
  run(context, [, pattern = ""]) {
    const { database } = context;
    const names: string[] = [];
    for (const { key, expiresAt } of database.entries()) {
      const isLive = expiresAt === 0 || expiresAt > context.now();
      if (isLive && matchesGlob(pattern, key)) names.push(key);
    }
    return names;
  },
};

const scan: Command = {
  name: "scan",
  arity: -2,
  flags: ["readonly"],
  group: "generic",
  summary: "Goes through the keys in steps.",
  run(context, args) {
    const options = readScanOptions(args, 1);
    const { cursor, entries } = context.database.scan(options.cursor, options.count);
    const found = entries.filter(({ key, value }) => {
      if (!isScanned(options, key) || !context.database.has(key)) return false;
      return options.type === undefined || typeName(value) === options.type;
    });
    return [String(cursor), found.map(({ key }) => key)];
  },
};

const randomkey: Command = {
  name: "randomkey",
  arity: 1,
  flags: ["readonly"],
  group: "generic",
  summary: "Returns any key.",
  run({ database, server }) {
    for (let attempt = 0; attempt < 100; attempt++) {
      const entry = database.random(server.random);
      if (entry === undefined) return null;
      if (database.has(entry.key)) return entry.key;
    }
    return null;
  },
};

const dbsize: Command = {
  name: "dbsize",
  arity: 1,
  flags: ["readonly", "fast"],
  group: "server",
  categories: ["keyspace"],
  summary: "Counts the keys of the database.",
  run: ({ database }) => database.size,
};

/** KEYS, SCAN, RANDOMKEY, DBSIZE. */
export const keyNames: readonly Command[] = [keys, scan, randomkey, dbsize];

import { map, ok } from "../../resp/reply.ts";
import { matchesGlob } from "../../server/glob.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";

const get: Command = {
  name: "config|get",
  arity: -3,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary: "Returns settings.",
  run({ server: { configuration } }, args) {
    const patterns = args.slice(2).map((pattern) => pattern.toLowerCase());
    const names = configuration.names.filter((name) => patterns.some((pattern) => matchesGlob(pattern, name)));
    return map(names.flatMap((name) => [name, configuration.text(name)]));
  },
};

const set: Command = {
  name: "config|set",
  arity: -4,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary: "Changes settings, all of them or none.",
  run({ server: { configuration } }, args) {
    if (args.length % 2 !== 0) throw new CommandError("ERR wrong number of arguments for 'config|set' command");
    const pairs: [string, string][] = [];
    for (let index = 2; index < args.length; index += 2)
      pairs.push([(args[index] ?? "").toLowerCase(), args[index + 1] ?? ""]);
    const unknown = pairs.find(([name]) => !configuration.names.includes(name));
    if (unknown !== undefined)
      throw new CommandError(`ERR Unknown option or number of arguments for CONFIG SET - '${unknown[0]}'`);
    const problem = configuration.set(pairs);
    if (problem !== undefined) throw new CommandError(problem);
    return ok;
  },
};

const resetstat: Command = {
  name: "config|resetstat",
  arity: 2,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary: "Sets what INFO counts back to 0.",
  run({ server }) {
    server.statistics.reset();
    for (const database of server.databases) database.hits = database.misses = 0;
    return ok;
  },
};

const rewrite: Command = {
  name: "config|rewrite",
  arity: 2,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary: "Refused: there is no configuration file.",
  run() {
    throw new CommandError("ERR The server is running without a config file");
  },
};

/** CONFIG. */
export const configCommands: readonly Command[] = [
  {
    name: "config",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Reads and changes settings.",
    subcommands: [
      get,
      set,
      resetstat,
      rewrite,
      helpCommand("config", "server", ["GET <pattern>", "SET <directive> <value>", "RESETSTAT", "REWRITE"]),
    ],
    run: () => null,
  },
];

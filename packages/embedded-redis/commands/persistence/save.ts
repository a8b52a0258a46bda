import { ok, simple } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";

const save: Command = {
  name: "save",
  arity: 1,
  flags: ["admin", "noscript", "no_multi"],
  group: "server",
  summary: "Writes dump.rdb.",
  run({ server: { keeper, changes } }) {
    const problem = keeper.save(changes);
    if (problem !== undefined) throw new CommandError(`ERR ${problem}`);
    return ok;
  },
};

const bgsave: Command = {
  name: "bgsave",
  arity: -1,
  flags: ["admin", "noscript"],
  group: "server",
  summary: "Writes dump.rdb; in this server before the reply.",
  run({ server: { keeper, changes } }, args) {
    if (args.length > 2 || (args.length === 2 && args[1]?.toLowerCase() !== "schedule")) throw syntaxError();
    const problem = keeper.save(changes);
    if (problem !== undefined) throw new CommandError(`ERR ${problem}`);
    return simple("Background saving started");
  },
};

const bgrewriteaof: Command = {
  name: "bgrewriteaof",
  arity: 1,
  flags: ["admin", "noscript"],
  group: "server",
  summary: "Rewrites the append-only file.",
  run({ server: { keeper } }) {
    if (keeper.files?.isAppendOnly !== true) throw new CommandError("ERR the append-only file is off (appendonly no)");
    void keeper.rewrite();
    if (keeper.rewriteProblem !== undefined) throw new CommandError(`ERR ${keeper.rewriteProblem}`);
    return simple("Background append only file rewriting started");
  },
};

const lastsave: Command = {
  name: "lastsave",
  arity: 1,
  flags: ["loading", "stale", "fast"],
  group: "server",
  categories: ["admin", "dangerous"],
  summary: "Returns when dump.rdb was last written, as Unix time in seconds.",
  run: ({ server: { keeper } }) => Math.floor(keeper.lastSaveAt / 1000),
};

/** SAVE, BGSAVE, BGREWRITEAOF, LASTSAVE. */
export const saveCommands: readonly Command[] = [save, bgsave, bgrewriteaof, lastsave];

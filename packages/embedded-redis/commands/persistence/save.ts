import { ok, simple } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";

const inProgress = "ERR Background save already in progress";

const save: Command = {
  name: "save",
  arity: 1,
  flags: ["admin", "noscript", "no_multi"],
  group: "server",
  summary: "Writes dump.rdb, before anything else is done.",
  run({ server: { keeper, changes } }) {
    if (keeper.background === "save") throw new CommandError(inProgress);
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
  summary: "Writes dump.rdb of this moment while other commands are served.",
  run({ mode, server }, args) {
    if (args.length > 2 || (args.length === 2 && args[1]?.toLowerCase() !== "schedule")) throw syntaxError();
    const { keeper } = server;
    if (keeper.background === "save") throw new CommandError(inProgress);
    const start = () => keeper.saveSlowly(server.changes);
    if (keeper.background === undefined && mode !== "transaction") {
      inMemoryIsAnError(start);
      return simple("Background saving started");
    }
    if (args.length === 1 && mode !== "transaction") throw new CommandError(anotherIsActive);
    keeper.schedule(start);
    return simple("Background saving scheduled");
  },
};

const anotherIsActive =
  "ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in order to schedule a BGSAVE whenever possible.";

const bgrewriteaof: Command = {
  name: "bgrewriteaof",
  arity: 1,
  flags: ["admin", "noscript"],
  group: "server",
  summary: "Rewrites the append-only file while other commands are served.",
  run({ mode, server: { keeper } }) {
    if (keeper.files?.isAppendOnly !== true) throw new CommandError("ERR the append-only file is off (appendonly no)");
    if (keeper.background === "rewrite")
      throw new CommandError("ERR Background append only file rewriting already in progress");
    // What a transaction does is in the log when it is over.
    if (keeper.background === undefined && mode !== "transaction") {
      keeper.rewrite();
      return simple("Background append only file rewriting started");
    }
    keeper.schedule(() => keeper.rewrite());
    return simple("Background append only file rewriting scheduled");
  },
};

function inMemoryIsAnError(start: () => void): void {
  try {
    start();
  } catch (error) {
    throw new CommandError(`ERR ${error instanceof Error ? error.message : String(error)}`);
  }
}

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

import type { Database } from "../../keyspace/database.ts";
import { ok } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { integer } from "../numbers.ts";

function flush(context: CommandContext, databases: readonly Database[], args: readonly string[]): void {
  const { server } = context;
  if (args.length > 2 || (args.length === 2 && !/^(a?sync)$/i.test(args[1] ?? ""))) throw syntaxError();
  const indexes = databases.map(({ index }) => index);
  server.databaseReplaced(indexes, (index, key) => server.databases[index]?.has(key) === true);
  for (const database of databases) database.clear();
  if (server.maxMemory > 0) server.memory.switch(true, server.databases);
  server.tracking.changedAll();
}

const flushall: Command = {
  name: "flushall",
  arity: -1,
  flags: ["write"],
  categories: ["keyspace", "dangerous"],
  group: "server",
  summary: "Removes all keys of all databases.",
  run(context, args) {
    flush(context, context.server.databases, args);
    context.propagate("FLUSHALL");
    return ok;
  },
};

const flushdb: Command = {
  name: "flushdb",
  arity: -1,
  flags: ["write"],
  categories: ["keyspace", "dangerous"],
  group: "server",
  summary: "Removes all keys of the database.",
  run(context, args) {
    flush(context, [context.database], args);
    context.propagate("FLUSHDB");
    return ok;
  },
};

const swapdb: Command = {
  name: "swapdb",
  arity: 3,
  flags: ["write", "fast"],
  categories: ["keyspace", "dangerous"],
  group: "server",
  summary: "Exchanges two databases.",
  run({ server }, [, firstText, secondText]) {
    const first = server.databases[integer(firstText, () => new CommandError("ERR invalid first DB index"))];
    const second = server.databases[integer(secondText, () => new CommandError("ERR invalid second DB index"))];
    if (first === undefined || second === undefined) throw new CommandError("ERR DB index is out of range");
    if (first === second) return ok;
    const pair = [first.index, second.index];
    server.databaseReplaced(pair, (index, key) => {
      const other = index === first.index ? second : first;
      return server.databases[index]?.has(key) === true || other.has(key);
    });
    first.swapWith(second);
    if (server.maxMemory > 0) server.memory.switch(true, server.databases);
    return ok;
  },
};

/** FLUSHALL, FLUSHDB, SWAPDB. */
export const flushCommands: readonly Command[] = [flushall, flushdb, swapdb];

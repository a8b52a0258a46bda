import { errorReply, nullArray, ok, type Reply } from "../../resp/reply.ts";
import type { Client } from "../../server/client.ts";
import type { CommandContext, Server } from "../../server/command-context.ts";
import { executeCommand } from "../../server/execute-command.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { allKeys } from "../key-positions.ts";

/** Leaves MULTI and forgets what is watched. */
function endTransaction(server: Server, client: Client): void {
  client.queue = undefined;
  client.isQueueBroken = false;
  server.unwatch(client);
}

const multi: Command = {
  name: "multi",
  arity: 1,
  flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
  group: "transactions",
  summary: "Begins a transaction.",
  run({ client }) {
    if (client.queue !== undefined) throw new CommandError("ERR MULTI calls can not be nested");
    client.queue = [];
    return ok;
  },
};

/** A watched key that had an expiry may be gone without anyone having touched it. */
function hasExpiredWatch({ client, server }: CommandContext): boolean {
  return client.watched.some(({ database, key, wasThere }) => wasThere && !server.databases[database]?.has(key));
}

/** Runs the queued commands as one; their errors are replies among the others. */
function runQueue(context: CommandContext, queue: readonly (readonly string[])[]): Reply[] {
  const { server } = context;
  const wasNested = server.isNested;
  server.isNested = true;
  context.mode = "transaction";
  try {
    return queue.map((args) => {
      const reply = executeCommand(context, args);
      return reply instanceof Promise ? errorReply("ERR a blocking command waited inside a transaction") : reply;
    });
  } finally {
    context.mode = "direct";
    server.isNested = wasNested;
  }
}

const exec: Command = {
  name: "exec",
  arity: 1,
  flags: ["noscript", "loading", "stale", "skip_slowlog"],
  group: "transactions",
  summary: "Runs the commands of a transaction.",
  run(context) {
    const { client, server } = context;
    const { queue, isQueueBroken } = client;
    if (queue === undefined) throw new CommandError("ERR EXEC without MULTI");
    const isDirty = client.isDirty || hasExpiredWatch(context);
    endTransaction(server, client);
    if (isQueueBroken) throw new CommandError("EXECABORT Transaction discarded because of previous errors.");
    return isDirty ? nullArray : runQueue(context, queue);
  },
};

const discard: Command = {
  name: "discard",
  arity: 1,
  flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
  group: "transactions",
  summary: "Drops a transaction.",
  run({ client, server }) {
    if (client.queue === undefined) throw new CommandError("ERR DISCARD without MULTI");
    endTransaction(server, client);
    return ok;
  },
};

const watch: Command = {
  name: "watch",
  arity: -2,
  flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
  group: "transactions",
  keys: allKeys,
  summary: "Makes the next EXEC depend on keys that do not change.",
  run({ client, server }, args) {
    if (client.queue !== undefined) throw new CommandError("ERR WATCH inside MULTI is not allowed");
    for (const key of args.slice(1)) server.watch(client, client.database, key);
    return ok;
  },
};

const unwatch: Command = {
  name: "unwatch",
  arity: 1,
  flags: ["noscript", "loading", "stale", "fast", "allow_busy"],
  group: "transactions",
  summary: "Forgets the watched keys.",
  run({ client, server }) {
    server.unwatch(client);
    return ok;
  },
};

/** MULTI, EXEC, DISCARD, WATCH, UNWATCH. */
export const transactions: readonly Command[] = [multi, exec, discard, watch, unwatch];

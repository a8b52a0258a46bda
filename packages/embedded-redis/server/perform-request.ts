import type { Command } from "../commands/command.ts";
import { keyPositions } from "../commands/key-positions.ts";
import { errorReply, queued, type Reply } from "../resp/reply.ts";
import { busyRefusal } from "./busy-refusal.ts";
import type { CommandContext, Server } from "./command-context.ts";
import { checkAllowed, runCommand } from "./execute-command.ts";
import { feedMonitors } from "./feed-monitors.ts";
import { arityProblem, findCommand, unknownCommand } from "./find-command.ts";

const runInsideMulti = new Set(["exec", "discard", "multi", "watch", "quit", "reset"]);
const allowedWhileSubscribed = new Set([
  "subscribe",
  "unsubscribe",
  "psubscribe",
  "punsubscribe",
  "ssubscribe",
  "sunsubscribe",
  "ping",
  "quit",
  "reset",
]);

/** What a client's request leads to: it is refused, queued for EXEC, or run. */
export function performRequest(context: CommandContext, args: readonly string[]): Reply | Promise<Reply> {
  const { client, server } = context;
  const command = findCommand(server.commands, args);
  client.lastCommandAt = Date.now();
  server.now = client.lastCommandAt;
  if (command === undefined) return refuse(context, unknownCommand(server.commands, args));
  client.lastCommand = command.name;
  const busy = whyBusy(server, command);
  if (busy !== undefined) return refuse(context, busy);
  const problem =
    arityProblem(command, args) ?? whySubscribed(context, command) ?? checkAllowed(context, command, args);
  if (problem !== undefined) return refuse(context, problem);
  if (client.queue !== undefined && !runInsideMulti.has(command.name)) {
    if (command.flags.includes("no_multi")) return refuse(context, "ERR Command not allowed inside a transaction");
    client.queue.push(args);
    return queued;
  }
  server.runningClient = client;
  // What a transaction runs is shown before its EXEC.
  const isExec = command.name === "exec";
  if (!isExec) feedMonitors(context, command, args);
  const reply = runCommand(context, command, args);
  if (isExec) feedMonitors(context, command, args);
  if (client.tracking !== undefined) track(context, command, args);
  return reply;
}

function refuse(context: CommandContext, message: string): Reply {
  const { client, server } = context;
  if (client.queue !== undefined) client.isQueueBroken = true;
  const code = message.split(" ", 1)[0] ?? "ERR";
  server.statistics.errors.set(code, (server.statistics.errors.get(code) ?? 0) + 1);
  return errorReply(message);
}

/** The refusal while a slow script runs, during which the server looks at its sockets in between. */
function whyBusy({ scripting: { running } }: Server, command: Command): string | undefined {
  return running === undefined || command.flags.includes("allow_busy") ? undefined : busyRefusal(running);
}

function whySubscribed({ client }: CommandContext, command: Command): string | undefined {
  if (client.protocol === 3 || client.subscriptions === 0 || allowedWhileSubscribed.has(command.name)) return undefined;
  return `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`;
}

function track({ client, server }: CommandContext, command: Command, args: readonly string[]): void {
  const { tracking, caching } = client;
  if (command.name !== "client|caching") client.caching = undefined;
  if (tracking === undefined || tracking.isBroadcast || !command.flags.includes("readonly")) return;
  if (tracking.mode === "optin" && caching !== true) return;
  if (tracking.mode === "optout" && caching === false) return;
  server.tracking.read(
    client,
    keyPositions(command.keys, args).map((position) => args[position] ?? ""),
    server.configuration.number("tracking-table-max-keys"),
  );
}

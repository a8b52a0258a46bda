import type { Command } from "../commands/command.ts";
import { CommandError } from "../commands/command-error.ts";
import { errorReply, type Reply } from "../resp/reply.ts";
import { checkPermission } from "./check-permission.ts";
import type { CommandContext, Server } from "./command-context.ts";
import { feedMonitors } from "./feed-monitors.ts";
import { arityProblem, findCommand, unknownCommand } from "./find-command.ts";
import { freeMemoryIfNeeded } from "./free-memory.ts";

/**
 * Runs one command now and returns its reply; errors are replies too. It is the way of connections, EXEC and redis.call alike:
 * the mode of the context decides what is refused and whether blocking commands wait (only then a promise is returned).
 */
export function executeCommand(context: CommandContext, args: readonly string[]): Reply | Promise<Reply> {
  const command = findCommand(context.server.commands, args);
  if (command === undefined) return errorReply(unknownCommand(context.server.commands, args));
  const problem = arityProblem(command, args);
  if (problem !== undefined) return errorReply(problem);
  const refusal = checkAllowed(context, command, args);
  if (refusal !== undefined) return errorReply(refusal);
  feedMonitors(context, command, args);
  return runCommand(context, command, args);
}

/** Why this command may not run in this context now; undefined when it may. */
export function checkAllowed(context: CommandContext, command: Command, args: readonly string[]): string | undefined {
  if (context.mode === "script" && command.flags.includes("noscript")) {
    return "ERR This Redis command is not allowed from script";
  }
  const denied = checkPermission(context, command, args);
  if (denied !== undefined) return denied;
  if (command.flags.includes("write") && context.server.keeper.refusal !== undefined)
    return context.server.keeper.refusal;
  if (command.flags.includes("denyoom") && !freeMemoryIfNeeded(context.server)) {
    return "OOM command not allowed when used memory > 'maxmemory'.";
  }
  return undefined;
}

/** Runs a command that was found and is allowed, and counts it; errors become replies. */
export function runCommand(context: CommandContext, command: Command, args: readonly string[]): Reply | Promise<Reply> {
  const { server } = context;
  if (!server.isNested) server.now = Date.now();
  const changesBefore = server.changes;
  const started = performance.now();
  context.isPropagated = false;
  let reply: Reply | Promise<Reply>;
  try {
    reply = command.run(context, args);
  } catch (error) {
    reply = errorReply(error instanceof CommandError ? error.message : internalError(server, command, error));
  }
  const tookUs = (performance.now() - started) * 1000;
  server.statistics.count(command.name, tookUs, reply);
  if (!command.flags.includes("skip_slowlog")) server.slowLog.offer(args, tookUs, context.client, server.now);
  if (server.changes !== changesBefore && !context.isPropagated && command.flags.includes("write")) {
    server.effects.add(context.selected, args);
  }
  return reply;
}

/** Our bug: the client is told, the log gets the stack, and the other clients are served on. */
function internalError(server: Server, command: Command, error: unknown): string {
  server.log(`bug in ${command.name}: ${error instanceof Error ? error.stack : String(error)}`);
  return `ERR internal error of the embedded server in '${command.name}': ${String(error)}`;
}

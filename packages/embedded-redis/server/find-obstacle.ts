import type { Client } from "./client.ts";
import type { Server } from "./command-context.ts";
import { findCommand } from "./find-command.ts";

// They need the Lua engine, which is loaded when the first of them comes.
const scriptingCommands = new Set([
  "eval",
  "evalsha",
  "eval_ro",
  "evalsha_ro",
  "script",
  "fcall",
  "fcall_ro",
  "function",
]);

/** What has to be over before this request can be performed: a pause of clients, the start of the Lua engine. Rejected when that cannot start. */
export function findObstacle(server: Server, client: Client, args: readonly string[]): Promise<void> | undefined {
  const { pause, scripting } = server;
  if (pause.over !== undefined && isPaused(server, client, args)) return pause.over;
  if (scripting.isLoaded || !scriptingCommands.has(args[0]?.toLowerCase() ?? "")) return undefined;
  return scripting.load();
}

function isPaused({ commands, pause }: Server, { queue = [] }: Client, args: readonly string[]): boolean {
  const command = findCommand(commands, args);
  const queued = queue.flatMap((each) => findCommand(commands, each) ?? []);
  return command !== undefined && pause.concerns(command, queued);
}

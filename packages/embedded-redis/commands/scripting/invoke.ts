import type { Reply } from "../../resp/reply.ts";
import type { ScriptInvocation } from "../../scripting/scripting.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { CommandError, notAnInteger } from "../command-error.ts";
import { ContextCalls } from "./context-calls.ts";

/** Splits `command name numkeys key ... arg ...`. @throws CommandError for a count that is none */
export function readInvocation(
  context: CommandContext,
  args: readonly string[],
  isReadOnly: boolean,
  badCount: () => CommandError = notAnInteger,
): ScriptInvocation {
  const countText = args[2] ?? "";
  if (!/^-?\d{1,18}$/.test(countText)) throw badCount();
  const count = Number(countText);
  if (count > args.length - 3) throw new CommandError("ERR Number of keys can't be greater than number of args");
  if (count < 0) throw new CommandError("ERR Number of keys can't be negative");
  const calls = new ContextCalls(context, isReadOnly);
  return { command: args, calls, keys: args.slice(3, 3 + count), args: args.slice(3 + count) };
}

/** Runs a script as one: time stands still, and what it did belongs together. One that SHUTDOWN ended leaves nothing for the log. */
export function asOne({ server }: CommandContext, run: () => Reply): Reply {
  const wasNested = server.isNested;
  server.isNested = true;
  try {
    const reply = run();
    if (server.scripting.wasAbandoned) server.effects.take();
    return reply;
  } finally {
    server.isNested = wasNested;
  }
}

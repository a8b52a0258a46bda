import type { CommandContext } from "../../server/command-context.ts";
import { freeMemoryIfNeeded } from "../../server/free-memory.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { countedKeys } from "../key-positions.ts";
import { asOne, readInvocation } from "./invoke.ts";

const badCount = () => new CommandError("ERR Bad number of keys provided");

function call(context: CommandContext, args: readonly string[], isReadOnly: boolean) {
  const { scripting } = context.server;
  const registered = scripting.libraries.findFunction(args[1] ?? "");
  if (registered === undefined) throw new CommandError("ERR Function not found");
  const isReader = registered.flags.includes("no-writes");
  const invocation = readInvocation(context, args, isReader, badCount);
  if (isReadOnly && !isReader)
    throw new CommandError("ERR Can not execute a script with write flag using *_ro command.");
  if (!isReader && !registered.flags.includes("allow-oom") && !freeMemoryIfNeeded(context.server)) {
    throw new CommandError(
      "OOM allow-oom flag is not set on the function, can not run it when used memory > 'maxmemory'",
    );
  }
  return asOne(context, () => scripting.runFunction(registered, invocation));
}

const make = (name: string, isReadOnly: boolean, summary: string): Command => ({
  name,
  arity: -3,
  flags: ["noscript", "stale", "movablekeys", "no_mandatory_keys", isReadOnly ? "readonly" : "may_replicate"],
  group: "scripting",
  keys: countedKeys(2),
  summary,
  run: (context, args) => call(context, args, isReadOnly),
});

/** FCALL and FCALL_RO. */
export const functionCalls: readonly Command[] = [
  make("fcall", false, "Calls a function."),
  make("fcall_ro", true, "Calls a function that only reads."),
];
